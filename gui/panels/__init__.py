"""The panels of the window, one a file; a new one is a class and a line here."""

from gui.panels.activations import ActivationsPanel
from gui.panels.base import Panel
from gui.panels.baselines import BaselinesPanel
from gui.panels.boundary import BoundaryPanel
from gui.panels.confusion import ConfusionPanel
from gui.panels.crossvalidation import CrossValidationPanel
from gui.panels.data import DataPanel
from gui.panels.gradients import GradientsPanel
from gui.panels.inspector import Inspector
from gui.panels.loss import LossPanel
from gui.panels.outline import OutlinePanel
from gui.panels.predicted import PredictedPanel
from gui.panels.residuals import ResidualsPanel
from gui.panels.runs import RunsPanel
from gui.panels.scores import ScoresPanel
from gui.panels.threshold import ThresholdPanel
from gui.panels.training import TrainingPanel
from gui.panels.tryit import TryPanel
from gui.panels.weights import WeightsPanel

PANELS: tuple[type[Panel], ...] = (
    LossPanel,
    WeightsPanel,
    GradientsPanel,
    ActivationsPanel,
    ConfusionPanel,
    PredictedPanel,
    ThresholdPanel,
    ResidualsPanel,
    ScoresPanel,
    BoundaryPanel,
    RunsPanel,
    DataPanel,
    Inspector,
    TrainingPanel,
    OutlinePanel,
    TryPanel,
    BaselinesPanel,
    CrossValidationPanel,
)
