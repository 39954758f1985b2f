"""Staffing: the fewest agents that meet every target, by simulation, and shifts that cover them."""

from callcenter.study.staffing.catalogue import Catalogue, load_catalogue
from callcenter.study.staffing.errors import StaffingError, UncoveredError
from callcenter.study.staffing.fewest_agents import breaks, staff
from callcenter.study.staffing.result import Staffing

__all__ = ["Catalogue", "Staffing", "StaffingError", "UncoveredError", "breaks", "load_catalogue", "staff"]
