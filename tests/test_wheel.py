"""What is released: two builds are the same bytes, and the wheel alone works in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import urllib.request
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.web.serving import serving

ROOT = Path(__file__).parents[1]

RELEASE = bool(os.environ.get("RELEASE"))
"""Whether dependencies come from the package index, and the engine is compiled, as with users."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive of this checkout."""
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def command(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of the wheel, installed where there is no checkout."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    run([sys.executable, "-m", "venv", folder])
    python = folder / "bin" / "python"
    wheel = str(next(built.glob("*.whl")))
    if RELEASE:
        run([python, "-m", "pip", "install", "--quiet", f"{wheel}[web]"])
    else:
        run([python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel])
        borrow(python)
    return python.with_name("callcenter")


def borrow(python: Path) -> None:
    """Lend the packages of this environment to another, but not this checkout."""
    inside = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip()
    Path(inside, "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


def build(folder: Path) -> Path:
    """Build both archives of this checkout into a folder."""
    run([sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT)
    return folder


def run(words: Sequence[str | Path], cwd: Path | None = None) -> str:
    """Run a command that knows nothing of this checkout; returns what it prints."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    known |= {} if RELEASE else {"NUMBA_DISABLE_JIT": "1"}  # to compile once more takes a minute
    done = subprocess.run(words, cwd=cwd, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_build_can_be_repeated(built: Path, tmp_path: Path) -> None:
    """Two builds of one checkout are the same bytes, so that anyone can check what was published."""
    again = build(tmp_path)

    assert {file.name: file.read_bytes() for file in built.iterdir()} == {
        file.name: file.read_bytes() for file in again.iterdir()
    }


def test_the_archives_hold_what_they_should(built: Path) -> None:
    """The wheel is the package with all that it reads; the source archive has tests and scenarios, too."""
    wheel = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()}
    package = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "callcenter").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".po"
    }

    assert package <= wheel
    assert {name.partition("/")[0] for name in wheel} == {
        "callcenter",
        f"callcenter-{version()}.dist-info",
    }
    assert {"README.md", "LICENSE", "tests/conftest.py", "scenarios/unicom_10010.yaml"} <= sources
    assert not any(name.startswith((".ci", ".venv", "out/")) for name in sources)


def version() -> str:
    """Return the version of this checkout."""
    from callcenter.version import __version__

    return __version__


def test_from_nothing_to_a_verdict(command: Path, tmp_path: Path) -> None:
    """`init` and `run` work from the wheel alone, in a folder with a space and Chinese in its name."""
    folder = tmp_path / "my hotline 热线"
    folder.mkdir()
    run([command, "init", "10010"], cwd=folder)
    words = ["run", "10010/scenario.yaml", "--replications", "2"]
    words += (
        ["--out", "results"] if RELEASE else ["--engine", "simpy"]
    )  # the other one takes a minute to compile
    printed = run([command, *words], cwd=folder)

    assert "answer rate" in printed
    assert (folder / "results" / "report.html").is_file() is RELEASE
    assert run([command, "--version"], cwd=folder) == f"callcenter {version()}\n"


def test_texts_and_templates_come_along(command: Path, tmp_path: Path) -> None:
    """The wheel speaks Chinese, knows its presets and prints its schema."""
    assert "用法" in run([command, "run", "--help", "--lang", "zh-CN"], cwd=tmp_path)
    assert run([command, "presets"], cwd=tmp_path).strip()
    assert '"$schema"' in run([command, "schema"], cwd=tmp_path)


def test_the_page_opens(command: Path, tmp_path: Path) -> None:
    """`serve` of the wheel answers on this machine."""
    run([command, "init", "hotline"], cwd=tmp_path)
    words = [str(command), "serve", "hotline/scenario.yaml"]
    health = "{}/_stcore/health"
    with (
        serving(words, tmp_path, {"PYTHONPATH": ""}) as page,
        urllib.request.urlopen(health.format(page.address)) as answer,  # noqa: S310 - our own
    ):
        assert answer.read() == b"ok"
