"""Compiling before the work begins: once a version, which takes some seconds."""

from __future__ import annotations

import logging

from callcenter.engine import nobody_calls
from callcenter.kernels import is_compiled
from callcenter.language import gettext as _

_LOG = logging.getLogger(__name__)


def is_ready() -> bool:
    """Whether batches can start at once."""
    return is_compiled("replicating.replicate")


def prepare() -> None:
    """Make batches ready, so that workers find all compiled and do not all compile it."""
    if not is_ready():
        _LOG.info(_("Preparing the compiled engine (once) ..."))
    from callcenter.batch.batch import Batch

    Batch(nobody_calls(), 0).tallies(0, 1)


def prepare_staffings() -> None:
    """Make trials of staffings ready likewise."""
    if not is_compiled("trying.try_staffings"):
        _LOG.info(_("Preparing the compiled engine (once) ..."))
    from callcenter.batch.staffings import Staffings

    quiet = nobody_calls()
    Staffings(quiet, 0).tried([quiet], [0])
