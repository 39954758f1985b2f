"""The scenario language: YAML in, a frozen and checked `Scenario` out (contract 1 and 2)."""

from callcenter.scenario.errors import Problem, ScenarioError
from callcenter.scenario.loading import Source, load
from callcenter.scenario.model import Scenario, ServiceLevel
from callcenter.scenario.parts.callbacks import Callbacks, CallingHours
from callcenter.scenario.parts.callers import Escalation, Offer, Redial, Repeat, Transfer, Value
from callcenter.scenario.parts.day import Day
from callcenter.scenario.parts.demand import Demand, TierDemand
from callcenter.scenario.parts.distribution import Distribution
from callcenter.scenario.parts.families import (
    Constant,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Hyperexponential,
    Lognormal,
    Mixture,
    MixturePart,
    Never,
    Triangular,
    Uniform,
    Weibull,
)
from callcenter.scenario.parts.goals import Goal
from callcenter.scenario.parts.ivr import Ivr, Menu, Online
from callcenter.scenario.parts.pools import Pool, PoolBreaks, PoolCallbacks, Serve
from callcenter.scenario.parts.shifts import Break, Shift
from callcenter.scenario.parts.targets import PoolTarget, PresetTarget, SharedTarget, Target, TierTarget
from callcenter.scenario.parts.tiers import CallbackRule, Tier
from callcenter.scenario.schema import schema

__all__ = [
    "Break",
    "CallbackRule",
    "Callbacks",
    "CallingHours",
    "Constant",
    "Day",
    "Demand",
    "Distribution",
    "Empirical",
    "Erlang",
    "Escalation",
    "Exponential",
    "Gamma",
    "Goal",
    "Hyperexponential",
    "Ivr",
    "Lognormal",
    "Menu",
    "Mixture",
    "MixturePart",
    "Never",
    "Offer",
    "Online",
    "Pool",
    "PoolBreaks",
    "PoolCallbacks",
    "PoolTarget",
    "PresetTarget",
    "Problem",
    "Redial",
    "Repeat",
    "Scenario",
    "ScenarioError",
    "Serve",
    "ServiceLevel",
    "SharedTarget",
    "Shift",
    "Source",
    "Target",
    "Tier",
    "TierDemand",
    "TierTarget",
    "Transfer",
    "Triangular",
    "Uniform",
    "Value",
    "Weibull",
    "load",
    "schema",
]
