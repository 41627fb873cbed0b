"""scikit-learn's sample data as a Dataset; scikit-learn is imported when one is loaded."""

from importlib import import_module

import numpy as np

from engine.data.dataset import Dataset, Table


def sample_data(
    name: str, loader: str, target_name: str, image_shape: tuple[int, int] | None = None
) -> Dataset:
    """What `sklearn.datasets.<loader>()` holds, with class names instead of numbers."""
    bunch = getattr(import_module("sklearn.datasets"), loader)()
    columns = tuple(np.ascontiguousarray(column, np.float64) for column in bunch.data.T)
    target = np.asarray(bunch.target)
    if "target_names" in bunch:
        names = [str(each) for each in bunch.target_names]
        target = np.array(names, dtype=object)[target]
    features = Table(tuple(str(each) for each in bunch.feature_names), columns)
    return Dataset(name, features, target, target_name, image_shape)
