"""`callcenter doctor`: versions, the state of the compiled engine, and what hinders it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import callcenter as cc
from callcenter.cli.doctor import OPTIONAL, PACKAGES
from tests.cli.conftest import Command
from tests.test_package import ROOT, imported_by


@pytest.fixture
def kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for compiled code that does not exist yet."""
    folder = tmp_path / "cache" / "kernels-0"
    monkeypatch.setattr("callcenter.kernels.kernel_folder", lambda: folder)
    return folder


def rows(printed: str) -> dict[str, str]:
    """Return what is said about each thing, warnings left out."""
    lines = [line for line in printed.splitlines() if not line.startswith("warning: ")]
    return {line[:16].strip(): line[18:] for line in lines}


def warnings(printed: str) -> list[str]:
    """Return the warnings."""
    return [line for line in printed.splitlines() if line.startswith("warning: ")]


def test_versions(callcenter: Command) -> None:
    """The versions are those of this installation, and it has enough to simulate."""
    done = callcenter("doctor")
    lines = rows(done.stdout)

    assert 0 == done.exit_code
    assert cc.__version__ == lines["callcenter"]
    assert [version(package) for package in PACKAGES] == [lines[package] for package in PACKAGES]
    assert int(lines["cores"]) >= 1


def test_every_dependency_is_looked_for() -> None:
    """The packages are those that the project declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [project["optional-dependencies"][name] for name in ("web", "cluster")]

    assert {re.split("[<>=]", name)[0] for name in project["dependencies"]} == set(PACKAGES)
    assert {re.split("[<>=]", name)[0] for extra in extras for name in extra} - {"dask"} == set(OPTIONAL)


def test_the_compiler_is_not_imported() -> None:
    """Looking at the compiled engine takes no time."""
    code = "from callcenter.cli import app; app(['doctor'], standalone_mode=False)"

    assert not {"numba", "pandas", "scipy", "matplotlib"} & imported_by(code)


def test_not_prepared(callcenter: Command, kernels: Path) -> None:
    """Without compiled code the first run has to wait, which is no problem; the folder is not made yet."""
    done = callcenter("doctor")

    assert 0 == done.exit_code
    assert rows(done.stdout)["compiled engine"].startswith("not prepared; the first run will wait")
    assert str(kernels) == rows(done.stdout)["compiled code"]
    assert [] == warnings(done.stdout)
    assert not kernels.exists()


@pytest.mark.parametrize("option", [[], ["--warm"]])
def test_no_room_for_compiled_code(callcenter: Command, kernels: Path, option: list[str]) -> None:
    """A folder that cannot be written to is named with its remedy, and nothing is prepared."""
    kernels.parent.write_text("a file, not a folder")
    done = callcenter("doctor", *option)

    assert 0 == done.exit_code
    assert [
        f"warning: {kernels} cannot be written to, so every process compiles anew; "
        "set XDG_CACHE_HOME to one that can be"
    ] == warnings(done.stdout)
    assert rows(done.stdout)["compiled engine"].startswith("not prepared")


def test_compilation_switched_off(
    callcenter: Command, kernels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compiled engine that is not compiled is told of, and not taken for prepared."""
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    done = callcenter("doctor", "--warm")

    assert 0 == done.exit_code
    assert ["NUMBA_DISABLE_JIT is set"] == [line[9:33] for line in warnings(done.stdout)]
    assert rows(done.stdout)["compiled engine"].startswith("not prepared")


def test_missing_packages(callcenter: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is missing is named, with the command that installs it."""
    monkeypatch.setattr("callcenter.cli.doctor.PACKAGES", ("numpy", "no-such-package"))
    done = callcenter("doctor")

    assert 0 == done.exit_code
    assert "not installed" == rows(done.stdout)["no-such-package"]
    assert "compiled engine" not in rows(done.stdout)
    assert [True] == [line.endswith("pip install no-such-package") for line in warnings(done.stdout)]


@pytest.mark.slow
def test_warm(tmp_path: Path) -> None:
    """`--warm` compiles into an empty folder and says how long it took; the second time it is ready."""
    code = (
        "import sys; from pathlib import Path; from callcenter import kernels; "
        "kernels.kernel_folder = lambda: Path(sys.argv[1]); "
        "from callcenter.cli import app; app(['doctor', '--warm'])"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "kernels")]
    first, second = (
        subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(2)
    )

    assert re.fullmatch(r"ready, prepared in \d+\.\d s", rows(first.stdout)["compiled engine"])
    assert "Preparing the compiled engine (once) ...\n" == first.stderr
    assert ("ready", "") == (rows(second.stdout)["compiled engine"], second.stderr)
