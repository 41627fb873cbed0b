"""What the generated sets share: points in the plane with named classes."""

import numpy as np

from engine.data.dataset import Dataset, Table


def points(name: str, parts: list[np.ndarray], noise: float, seed: int) -> Dataset:
    """Points `(rows, 2)` of class "0", "1" and so on, moved by normal noise, in mixed order."""
    generator = np.random.default_rng(seed)
    places = np.concatenate(parts)
    places = places + noise * generator.standard_normal(places.shape)
    classes = np.repeat([str(each) for each in range(len(parts))], [len(part) for part in parts])
    order = generator.permutation(len(places))
    x, y = places[order].T
    return Dataset(name, Table(("x", "y"), (x, y)), classes[order].astype(object), "class")


def shares(samples: int, parts: int) -> list[int]:
    """`samples` dealt to so many parts as evenly as can be."""
    return [samples // parts + (part < samples % parts) for part in range(parts)]
