"""Networks as estimators of scikit-learn: for pipelines, searches and clusters.

Of the engine, only this package imports scikit-learn as it is imported itself.
"""

from typing import get_type_hints

from engine.estimator.classifier import NetworkClassifier
from engine.estimator.regressor import NetworkRegressor

__all__ = ["NetworkClassifier", "NetworkRegressor"]

for _kind in (NetworkClassifier, NetworkRegressor):
    # What `help` shows: types alone, without the ranges that are checked.
    _kind.__init__.__annotations__ = get_type_hints(_kind.__init__)
