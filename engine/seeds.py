"""Random generators keyed by what they are for, so that one use never disturbs another.

Adding a Dropout layer changes neither the initial weights of the others nor the order of rows.
"""

import hashlib

import numpy as np


def generator(seed: int, layer: str, purpose: str) -> np.random.Generator:
    """The generator of `purpose` in the layer with this id ("" for none), the same every time."""
    key = hashlib.blake2b(f"{layer}\0{purpose}".encode(), digest_size=16).digest()
    words = np.frombuffer(key, "<u4").tolist()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
