"""`callcenter doctor`: whether an installation works, and what to do where it does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import Annotated

import typer

from callcenter.cli import options
from callcenter.cli.columns import wide
from callcenter.cli.output import warning_line
from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.version import __version__

PACKAGES = (
    "numpy",
    "numba",
    "simpy",
    "pandas",
    "pyarrow",
    "scipy",
    "matplotlib",
    "jinja2",
    "xlsxwriter",
    "openpyxl",
    "loky",
    "pydantic",
    "pyyaml",
    "rich",
    "typer",
)
OPTIONAL = {
    "streamlit": noted("not installed; only `serve` needs it"),
    "distributed": noted("not installed; only --cluster needs it"),
}

Row = tuple[str, object]


def doctor(
    warm: Annotated[
        bool,
        typer.Option("--warm", help="Prepare the compiled engine now, so that the first run need not wait."),
    ] = False,
    lang: options.Language = None,
) -> None:
    """Show versions, cores and whether the compiled engine is ready; warn of what will not work."""
    _print(_versions())
    missing = " ".join(filter(_is_missing, PACKAGES))
    if missing:
        text = _("packages are missing; run: python -m pip install {missing}")
        typer.echo(warning_line(text.format(missing=missing)))
        return
    hindrances = list(_hindrances())
    _print(_machine(warm and not hindrances))
    for hindrance in hindrances:
        typer.echo(warning_line(hindrance))


def _print(rows: Iterable[Row]) -> None:
    for name, value in rows:
        typer.echo(f"{name}{' ' * (16 - wide(name))}  {value}")


def _versions() -> Iterator[Row]:
    import platform
    from importlib.metadata import version

    yield "callcenter", __version__
    text = _("{version} on {system} {machine}")
    machine = {"system": platform.system(), "machine": platform.machine()}
    yield "Python", text.format(version=platform.python_version(), **machine)
    for package in PACKAGES:
        yield package, _("not installed") if _is_missing(package) else version(package)
    for package, without in OPTIONAL.items():
        yield package, _(without) if _is_missing(package) else version(package)


def _machine(warm: bool) -> Iterator[Row]:
    import loky

    from callcenter.kernels import kernel_folder

    yield _("cores"), loky.cpu_count()
    yield _("compiled engine"), _state(warm)
    yield _("compiled code"), kernel_folder()


def _state(warm: bool) -> str:
    from callcenter.batch import is_ready

    if is_ready():
        return _("ready")
    if warm:
        return _("ready, prepared in {seconds:.1f} s").format(seconds=_prepared())
    return _("not prepared; the first run will wait for it, or run: callcenter doctor --warm")


def _prepared() -> float:
    """Prepare the compiled engine and return the seconds it took."""
    from callcenter.batch import prepare
    from callcenter.cli.progress import listen

    listen(quiet=False)
    begun = perf_counter()
    prepare()
    return perf_counter() - begun


def _is_missing(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(package)
    except PackageNotFoundError:
        return True
    return False


def _hindrances() -> Iterator[str]:
    """Yield what keeps the compiled engine from being prepared."""
    from callcenter.kernels import PACKAGE, can_be_kept, kernel_folder

    folder = kernel_folder()
    if not can_be_kept():
        text = (
            _("{folder} cannot be written to, so every process compiles anew; make it so")
            if PACKAGE in folder.parents
            else _(
                "{folder} cannot be written to, so every process compiles anew; "
                "set XDG_CACHE_HOME to one that can be"
            )
        )
        yield text.format(folder=folder)
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        yield _("NUMBA_DISABLE_JIT is set, so the compiled engine is not compiled and is very slow; unset it")
