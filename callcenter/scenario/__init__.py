"""The scenario language: YAML in, a frozen and checked `Scenario` out (contract 1 and 2)."""

from callcenter.scenario.callbacks import Callbacks, CallingHours
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
from callcenter.scenario.loading import load
from callcenter.scenario.model import Scenario, ServiceLevel
from callcenter.scenario.pools import Pool, PoolCallbacks, Serve
from callcenter.scenario.schema import schema
from callcenter.scenario.tiers import CallbackRule, Ivr, Target, Tier

__all__ = [
    "CallbackRule",
    "Callbacks",
    "CallingHours",
    "Constant",
    "Day",
    "Demand",
    "Distribution",
    "Empirical",
    "Erlang",
    "Exponential",
    "Gamma",
    "Hyperexponential",
    "Ivr",
    "Lognormal",
    "Mixture",
    "MixturePart",
    "Never",
    "Pool",
    "PoolCallbacks",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Serve",
    "ServiceLevel",
    "Target",
    "Tier",
    "TierDemand",
    "Triangular",
    "Uniform",
    "Weibull",
    "load",
    "schema",
    "warnings",
]
