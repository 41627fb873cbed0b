"""The figures of classes and labels that need all probabilities, found beside the training."""

from collections.abc import Mapping

import numpy as np

from engine.judgement import classes
from engine.probes.judgement import judgement
from engine.probes.scene import Scene


def scores(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`areas` under ROC, of each class or label against the rest, and single figures by name.

    Classes also have the confusion `matrix`; labels `right`, `wrong` and `missed` rows of each.
    """
    found = judgement(scene, "")
    if not found or scene.facts.task == "regression":
        return {}
    truth, outputs = found["truth"], found["outputs"]
    if scene.facts.task == "multilabel":
        actual = truth > 0.5
        hits = classes.Hits.of_labels(actual, outputs > 0.5)
        kept = {"right": hits.right, "wrong": hits.wrong, "missed": hits.missed}
        figures = classes.label_figures(actual, outputs)
    else:
        actual = truth[:, None] == np.arange(outputs.shape[1])
        kept = {"matrix": found["matrix"]}
        figures = classes.probability_figures(truth, outputs)
    kept |= {name: np.array(value) for name, value in figures.items()}
    counted = np.array([len(truth), scene.total])
    return kept | {"areas": classes.areas(actual, outputs), "counted": counted}
