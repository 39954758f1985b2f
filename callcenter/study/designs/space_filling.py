"""Space-filling designs: points that spread evenly over all ranges at once."""

from __future__ import annotations

import warnings

import numpy as np

from callcenter.arrays import Floats


def places(design: str, paths: int, points: int, seed: int) -> Floats:
    """Return the place of each point on each path, from 0 up to 1; shape (points, paths).

    They depend on the seed and the numbers alone.  A Sobol design of more points begins with the same ones.
    Source: Owen (1998), scrambled Sobol points; McKay, Beckman and Conover (1979), Latin hypercubes.
    """
    from scipy.stats import qmc  # takes half a second, which a grid need not wait for

    rng = np.random.default_rng(seed)
    spread = qmc.Sobol(paths, seed=rng) if design == "sobol" else qmc.LatinHypercube(paths, seed=rng)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The balance properties", UserWarning)
        drawn: Floats = np.asarray(spread.random(points), np.float64)
    return drawn
