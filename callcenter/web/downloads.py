"""What the page offers for download: a workbook, the variant as YAML, and the command with its figures."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Mapping

from callcenter.language import speaking, spoken
from callcenter.report.tables.inputs import scenario_yaml
from callcenter.scenario import Scenario
from callcenter.study import Result
from callcenter.web.whatif import WORK


def command(source: str, changes: Mapping[str, object], result: Result) -> str:
    """Return the command line that prints the figures of a variant of the scenario in a file."""
    settings = [word for path, value in changes.items() for word in ("--set", f"{path}={_yaml(value)}")]
    numbers = ["--seed", str(result.seed), "--replications", str(result.replications)]
    return shlex.join(["callcenter", "run", source, *settings, *numbers])


def _yaml(value: object) -> str:
    """Return a value as YAML on one line; JSON is YAML."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def yaml_file(variant: Scenario) -> bytes:
    """Return a variant as a scenario file that needs no other."""
    return scenario_yaml(variant).encode()


def workbook_file(result: Result) -> bytes:
    """Return the figures of a variant as an Excel workbook."""
    from callcenter.report.workbook import write_workbook

    file = io.BytesIO()
    with WORK:
        write_workbook(result, file)
    return file.getvalue()


def later(made: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a function that makes a file when asked, in another thread, in the current language."""
    language = spoken()

    def make() -> bytes:
        with speaking(language):
            return made()

    return make


def file_name(scenario: Scenario, suffix: str) -> str:
    """Return a name for a file of this scenario that is valid on every system."""
    plain = re.sub(r"[^\w.-]+", "-", scenario.name).strip("-.")[:60]
    return f"{plain or 'scenario'}-what-if{suffix}"
