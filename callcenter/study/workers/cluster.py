"""Work on a Dask cluster that is there already: `--cluster tcp://host:port`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from callcenter.language import gettext as _
from callcenter.language import noted
from callcenter.study.errors import StudyError
from callcenter.study.store.version import agree, identity
from callcenter.version import __version__

R = TypeVar("R")

PATIENCE = 10.0
"""Seconds that a scheduler has to answer."""

MISSING = noted(
    "--cluster needs the packages of the extra `cluster`; install them with: python -m pip "
    "install '.[cluster]'"
)


class ClusterError(StudyError):
    """A cluster that cannot be worked with, and what to do."""


class AddressError(ClusterError, ValueError):
    """An address at which no scheduler answers."""


class ClusterExecutor(Executor):
    """The executor of a Dask client, which knows how many workers there are."""

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor(pure=False)
        self.workers = max(sum(client.ncores().values()), 1)

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Send a task to the scheduler."""
        future: Future[R] = self._executor.submit(fn, *args, **kwargs)
        return future


@contextmanager
def connected(address: str) -> Iterator[Executor]:
    """Provide the executor of a cluster; ClusterError if it cannot be reached or is of another version."""
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise ClusterError(_(MISSING)) from None
    _be_quiet()
    try:
        _check_port(address)
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise AddressError(
            _(
                "--cluster {address}: no scheduler answers there ({reason}); start one with "
                "`dask scheduler`, and give the address that it prints, such as tcp://host:8786"
            ).format(address=address, reason=_first_line(error))
        ) from None
    with client:
        _await_workers(client, address)
        _check(client)
        yield ClusterExecutor(client)


def _check_port(address: str) -> None:
    """Raise ValueError where no port is given; Dask would leave half a client behind."""
    scheme, _slashes, place = address.rpartition("://")
    port = place.rpartition(":")[2].rstrip("/")
    if scheme != "inproc" and not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise ValueError(_("a port from 1 to {last} belongs at its end").format(last=2**16 - 1))


def _be_quiet() -> None:
    """Silence the loggers of Dask, each of which has a level of its own: we report what goes wrong."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _await_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ClusterError(
            _(
                "--cluster {address}: the scheduler has no workers; start some with `dask worker {address}`"
            ).format(address=address)
        ) from None


def _check(client: Any) -> None:
    """Refuse workers of another version before any work is sent."""
    for worker, error in client.run(agree, identity(), on_error="return").items():
        if isinstance(error, StudyError):
            raise ClusterError(f"{worker}: {error}")
        if isinstance(error, Exception):
            raise ClusterError(
                _(
                    "The worker {worker} cannot load callcenter ({error}); install callcenter {version} on "
                    "the scheduler and on every worker"
                ).format(worker=worker, error=_first_line(error), version=__version__)
            )


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
