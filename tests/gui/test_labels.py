"""Several labels a row in the window: from a file of arrays, and in a file that was trained."""

from pathlib import Path

import numpy as np

import engine
from gui.dialogs.table import TableDialog
from gui.main_window import MainWindow
from tests.gui.person import Person, panel

DRAW = np.random.default_rng(0)
X = DRAW.standard_normal((80, 4))
Y = (X[:, :3] > 0).astype(int)


def test_labels_are_trained_and_shown(person: Person, window: MainWindow, tmp_path: Path) -> None:
    np.savez(tmp_path / "labels.npz", X=X, y=Y)
    window.open_path(tmp_path / "labels.npz")
    dialog = person.dialog(TableDialog)
    person.until(dialog.build_button.isEnabled)
    dialog.build_button.click()
    person.until(lambda: window.document.prepared is not None)
    person.change_training(epochs=3)
    trained = person.train_to_the_end()
    assert trained.facts.task == "multilabel"
    assert set(trained.history[-1].validation) == {"loss", "accuracy"}
    assert not panel(window, "confusion").relevant(trained.facts)
    assert not panel(window, "predicted").relevant(trained.facts)


def test_an_estimator_of_labels_opens(person: Person, window: MainWindow, tmp_path: Path) -> None:
    network = engine.NetworkClassifier((8,), max_iter=3, n_iter_no_change=np.inf)
    network.fit(X, Y).save(tmp_path / "labels.h5")
    window.open_path(tmp_path / "labels.h5")
    person.until(lambda: window.document.trained is not None)
    assert window.document.project.name == "NetworkClassifier"
    assert len(person.trained.history) == 3
    words = panel(window, "data").findChildren(type(panel(window, "data").counts))
    assert any("3 labels" in each.text() for each in words)
