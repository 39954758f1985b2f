"""Run the benchmarks: ``python -m benchmarks``."""

import typer

from benchmarks.engines import main

typer.run(main)
