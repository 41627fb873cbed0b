"""Networks as estimators of scikit-learn: for pipelines, searches and clusters.

Of the engine, only this package imports scikit-learn as it is imported itself.
"""

from engine.estimator.classifier import NetworkClassifier
from engine.estimator.regressor import NetworkRegressor

__all__ = ["NetworkClassifier", "NetworkRegressor"]
