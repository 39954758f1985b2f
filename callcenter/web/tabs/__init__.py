"""The tabs below the verdicts, a module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from callcenter.language import noted
from callcenter.web.sight import Sight
from callcenter.web.tabs import day, halfhours, recorded, today, variants


class Tab(NamedTuple):
    """What a tab is called, and what draws it; it is given nothing as long as there is no scenario."""

    title: str
    show: Callable[[Sight | None], None]


TABS: Mapping[str, Tab] = {
    "day": Tab(noted("The day"), day.show),
    "halfhours": Tab(noted("Interval by interval"), halfhours.show),
    "variants": Tab(noted("Variants"), variants.show),
    "today": Tab(noted("Today"), today.show),
    "records": Tab(noted("Records"), recorded.show),
}
