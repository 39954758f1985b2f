"""The scenario language: YAML in, a frozen and checked `Scenario` out (contract 1 and 2)."""

from callcenter.scenario.callbacks import Callbacks, CallingHours
from callcenter.scenario.callers import Escalation, Offer, Redial, Repeat, Transfer, Value
from callcenter.scenario.checks import warnings
from callcenter.scenario.day import Day
from callcenter.scenario.demand import Demand, TierDemand
from callcenter.scenario.distributions import (
    Constant,
    Distribution,
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
from callcenter.scenario.errors import Problem, ScenarioError
from callcenter.scenario.ivr import Ivr, Menu, Online
from callcenter.scenario.loading import load
from callcenter.scenario.model import Scenario, ServiceLevel
from callcenter.scenario.pools import Pool, PoolCallbacks, Serve
from callcenter.scenario.schema import schema
from callcenter.scenario.shifts import Break, Shift
from callcenter.scenario.tiers import CallbackRule, Target, Tier

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
    "PoolCallbacks",
    "Problem",
    "Redial",
    "Repeat",
    "Scenario",
    "ScenarioError",
    "Serve",
    "ServiceLevel",
    "Shift",
    "Target",
    "Tier",
    "TierDemand",
    "Transfer",
    "Triangular",
    "Uniform",
    "Value",
    "Weibull",
    "load",
    "schema",
    "warnings",
]
