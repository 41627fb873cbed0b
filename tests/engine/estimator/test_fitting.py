"""What a person meets when fitting: classes, labels, weights, going on, stopping, and refusals."""

import warnings
from typing import Any

import numpy as np
import pytest
from scipy.sparse import csr_array
from sklearn.datasets import load_digits, make_multilabel_classification, make_regression
from sklearn.exceptions import ConvergenceWarning, NotFittedError

from engine import Design, GlassworkError, NetworkClassifier, NetworkRegressor, layers
from engine.project import TrainingRecipe
from engine.schedules import Step

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")

QUICK: dict[str, Any] = {"hidden_layer_sizes": (8,), "max_iter": 5, "random_state": 0}
INPUT = layers.Input


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, np.ndarray]:
    X, y = load_digits(return_X_y=True)
    return X[:300] / 16, y[:300]


@pytest.fixture(scope="module")
def labels() -> tuple[np.ndarray, np.ndarray]:
    return make_multilabel_classification(200, 6, n_classes=3, random_state=0)


# ── what is predicted ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "names", [["no", "yes"], [False, True], ["a", "b", "c"], [10, 2, 30]], ids=str
)
def test_classes_come_back_as_they_were_given(digits: Any, names: list[Any]) -> None:
    X, y = digits
    given = np.array(names)[y % len(names)]
    fitted = NetworkClassifier(**QUICK).fit(X, given)
    assert fitted.classes_.tolist() == sorted(names)
    assert fitted.predict(X).dtype == given.dtype
    assert set(fitted.predict(X)) <= set(names)
    assert fitted.predict_proba(X).shape == (300, len(names))


def test_several_labels_a_row(labels: Any) -> None:
    X, Y = labels
    options: dict[str, Any] = {"learning_rate_init": 0.01, "random_state": 0}
    fitted = NetworkClassifier((20,), **options).fit(X, Y)
    assert fitted.predict(X).shape == Y.shape
    assert set(np.unique(fitted.predict(X))) == {0, 1}
    np.testing.assert_array_equal(fitted.predict(X), fitted.predict_proba(X) > 0.5)
    assert fitted.score(X, Y) == (fitted.predict(X) == Y).all(axis=1).mean() > 0.5
    assert fitted.classes_.tolist() == [0, 1, 2]
    np.testing.assert_array_equal(
        fitted.predict(X),
        NetworkClassifier((20,), **options).fit(X, csr_array(Y)).predict(X),
    )


def test_several_numbers_a_row() -> None:
    X, Y = make_regression(200, 5, n_targets=3, random_state=0)
    fitted = NetworkRegressor((30,), solver="lbfgs", max_iter=100, random_state=0).fit(X, Y)
    assert fitted.predict(X).shape == (200, 3)
    assert fitted.score(X, Y) > 0.99


def test_sparse_rows_are_the_same_as_dense_ones(digits: Any) -> None:
    X, y = digits
    dense = NetworkClassifier(**QUICK).fit(X, y)
    sparse = NetworkClassifier(**QUICK).fit(csr_array(X), y)
    np.testing.assert_array_equal(dense.predict_proba(X), sparse.predict_proba(csr_array(X)))


def test_any_graph_can_be_a_design(digits: Any) -> None:
    X, y = digits
    design = Design.chain(INPUT(), layers.Dense(16, activation="relu"), layers.Dense(16))
    design = design.add(layers.Add(), after=["dense_1", "dense_2"], name="sum")
    design = design.add(layers.Dropout(0.1), after=["sum"])
    design = design.add(layers.BatchNormalization(), after=[design.nodes[-1].id])
    last = layers.Dense(10, activation="softmax", bias=False)
    design = design.add(last, after=[design.nodes[-1].id])
    fitted = NetworkClassifier(design=design, learning_rate_init=0.01, random_state=0).fit(X, y)
    assert fitted.score(X, y) > 0.9
    assert [each.shape for each in fitted.coefs_] == [(64, 16), (16, 16), (16, 10)]
    assert [each.shape for each in fitted.intercepts_] == [(16,), (16,), (10,)]
    assert not fitted.intercepts_[2].any()


def test_what_has_no_parameter_comes_from_a_training_recipe(digits: Any) -> None:
    X, y = digits
    recipe = TrainingRecipe(schedule=Step(every=2, by=0.5), clip_norm=1.0, epochs=99)
    fitted = NetworkClassifier(**QUICK, training=recipe).fit(X, y)
    assert [each.learning_rate for each in fitted.model_.history] == [
        0.001 * each for each in (1, 1, 0.5, 0.5, 0.25)
    ]


def test_a_column_of_numbers_is_one_number_a_row() -> None:
    X, y = make_regression(50, 3, random_state=0)
    with pytest.warns(UserWarning, match="column-vector"):
        assert NetworkRegressor(**QUICK).fit(X, y[:, None]).predict(X).shape == (50,)


# ── weights ─────────────────────────────────────────────────────────────────────────────────


def test_a_weight_of_nothing_is_the_same_as_no_row(digits: Any) -> None:
    X, y = digits
    weights = np.where(np.arange(300) % 3, 1.0, 0.0)
    chosen = weights > 0
    weighed = NetworkClassifier(**QUICK, batch_size=32).fit(X, y, sample_weight=weights)
    fewer = NetworkClassifier(**QUICK, batch_size=32).fit(X[chosen], y[chosen])
    np.testing.assert_allclose(weighed.predict_proba(X), fewer.predict_proba(X), rtol=1e-9)


def test_weights_of_classes_are_weights_of_their_rows(digits: Any) -> None:
    X, y = digits
    y = y > 7
    by_class = NetworkClassifier(**QUICK, class_weight={True: 3.0}).fit(X, y)
    by_row = NetworkClassifier(**QUICK).fit(X, y, sample_weight=np.where(y, 3.0, 1.0))
    np.testing.assert_array_equal(by_class.predict_proba(X), by_row.predict_proba(X))
    balanced = NetworkClassifier(**QUICK, class_weight="balanced").fit(X, y)
    shares = 150 / np.where(y, y.sum(), (~y).sum())
    by_share = NetworkClassifier(**QUICK).fit(X, y, sample_weight=shares)
    np.testing.assert_allclose(balanced.predict_proba(X), by_share.predict_proba(X), rtol=1e-6)


def test_weights_of_rows_and_classes_multiply(digits: Any, labels: Any) -> None:
    X, y = digits
    weights = np.linspace(0.5, 2, 300)
    both = NetworkClassifier(**QUICK, class_weight={3: 5.0}).fit(X, y, sample_weight=weights)
    rows = NetworkClassifier(**QUICK).fit(X, y, sample_weight=weights * np.where(y == 3, 5, 1))
    np.testing.assert_allclose(both.predict_proba(X), rows.predict_proba(X), rtol=1e-9)
    X, Y = labels
    even = np.ones(len(X))
    one, other = (
        NetworkClassifier(**QUICK, class_weight="balanced").fit(X, Y, sample_weight=each)
        for each in (None, even)
    )
    np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))


# ── going on ────────────────────────────────────────────────────────────────────────────────


def test_partial_fit_goes_on_where_it_stood(digits: Any) -> None:
    X, y = digits
    parts = NetworkClassifier(**QUICK)
    for number in range(5):
        parts.partial_fit(X, y, classes=np.arange(10) if not number else None)
    whole = NetworkClassifier(**QUICK).fit(X, y)
    np.testing.assert_array_equal(parts.predict_proba(X), whole.predict_proba(X))
    assert (parts.n_iter_, parts.t_, len(parts.loss_curve_)) == (1, 1500, 5)


def test_partial_fit_takes_batches_of_some_classes_only(digits: Any) -> None:
    X, y = digits
    fitted = NetworkClassifier(**QUICK, class_weight="balanced")
    for classes in (range(5), range(5, 10)):
        rows = np.isin(y, classes)
        fitted.partial_fit(X[rows], y[rows], classes=range(10))
    assert fitted.classes_.tolist() == list(range(10))
    assert fitted.predict_proba(X).shape == (300, 10)


def test_partial_fit_of_labels_and_numbers(labels: Any) -> None:
    X, Y = labels
    several = NetworkClassifier(**QUICK).partial_fit(X, Y).partial_fit(X, Y)
    assert several.predict(X).shape == Y.shape
    regressor = NetworkRegressor(**QUICK).partial_fit(X, X[:, 0]).partial_fit(X, X[:, 0])
    assert len(regressor.loss_curve_) == 2


def test_a_warm_start_begins_with_the_weights_there_are(digits: Any) -> None:
    X, y = digits
    fitted = NetworkClassifier(**QUICK, warm_start=True).fit(X, y)
    before = fitted.loss_
    fitted.fit(X, y)
    assert fitted.loss_curve_[5] < before
    assert (fitted.n_iter_, len(fitted.loss_curve_), fitted.t_) == (5, 10, 3000)
    fitted.set_params(warm_start=False).fit(X, y)
    assert (fitted.n_iter_, len(fitted.loss_curve_), fitted.t_) == (5, 5, 1500)


def test_lbfgs_goes_on_too(digits: Any) -> None:
    X, y = digits
    fitted = NetworkClassifier(**QUICK, solver="lbfgs", warm_start=True).fit(X, y)
    before = fitted.loss_
    assert fitted.fit(X, y).loss_ < before


# ── stopping ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["classes", "labels", "numbers"])
def test_early_stopping_keeps_the_weights_of_the_best_score(
    digits: Any, labels: Any, kind: str
) -> None:
    X, y = labels if kind == "labels" else digits
    estimator: Any = NetworkRegressor if kind == "numbers" else NetworkClassifier
    fitted = estimator(
        (20,),
        early_stopping=True,
        validation_fraction=0.3,
        learning_rate_init=0.02,
        n_iter_no_change=4,
        random_state=1,
    ).fit(X, y, sample_weight=np.linspace(1, 2, len(X)))
    assert fitted.n_iter_ < 200
    assert len(fitted.validation_scores_) == fitted.n_iter_
    assert fitted.best_validation_score_ == max(fitted.validation_scores_)
    assert fitted.best_loss_ is None
    facts = fitted.model_.trained.facts
    assert facts.split == (len(X) - facts.split[1], round(0.3 * len(X)), 0)
    assert all("loss" in record.validation for record in fitted.model_.history)


def test_the_score_of_early_stopping_is_that_of_score(digits: Any) -> None:
    from sklearn.model_selection import train_test_split

    X, y = digits
    fitted = NetworkClassifier(**QUICK, early_stopping=True).fit(X, y)
    state = np.random.RandomState(0)
    _, held = train_test_split(np.arange(300), test_size=0.1, random_state=state, stratify=y)
    held.sort()
    assert fitted.best_validation_score_ == fitted.score(X[held], y[held])


def test_it_says_when_it_has_not_converged(digits: Any) -> None:
    X, y = digits
    for solver in ("adam", "lbfgs"):
        with pytest.warns(ConvergenceWarning, match="raise max_iter"):
            NetworkClassifier((4,), solver=solver, max_iter=2).fit(X, y)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        NetworkClassifier((4,), max_iter=2, n_iter_no_change=np.inf).fit(X, y)
        NetworkClassifier((4,), max_iter=2).partial_fit(X, y, classes=range(10))
    with pytest.warns(UserWarning, match="batch size 500 is larger"):
        NetworkClassifier(**QUICK, batch_size=500).fit(X, y)


def test_it_tells_of_each_epoch_when_asked(digits: Any, capsys: Any) -> None:
    X, y = digits
    NetworkClassifier(**QUICK, verbose=True, early_stopping=True, tol=1e9, n_iter_no_change=2).fit(
        X, y
    )
    said = capsys.readouterr().out
    assert "epoch 1: loss 2." in said
    assert "score on the validation rows 0." in said
    assert "in more than 2 epochs: training ends" in said
    sgd = {"solver": "sgd", "learning_rate": "adaptive", "tol": 1e9, "n_iter_no_change": 1}
    NetworkClassifier(**QUICK, verbose=True, **sgd).fit(X, y)
    assert "the learning rate falls to 0.0002" in capsys.readouterr().out
    NetworkClassifier(**QUICK, verbose=True, solver="lbfgs").fit(X, y)
    assert "iteration 5: loss " in capsys.readouterr().out


def test_an_adaptive_rate_ends_training_when_it_is_next_to_nothing(digits: Any) -> None:
    X, y = digits
    sgd = {"solver": "sgd", "learning_rate": "adaptive", "tol": 1e9, "n_iter_no_change": 1}
    fitted = NetworkClassifier((4,), **sgd).fit(X, y)
    assert fitted.n_iter_ == 13  # after two epochs each, and 1e-3 / 5⁵ is below 1e-6


def test_an_interrupted_fit_stands_where_it_was(digits: Any, monkeypatch: Any) -> None:
    X, y = digits
    from engine.estimator.watch import Watch

    before = Watch.epoch_ended

    def interrupted(self: Watch, *arguments: Any) -> None:
        before(self, *arguments)
        if self.curves.epochs == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Watch, "epoch_ended", interrupted)
    with pytest.warns(UserWarning, match="interrupted"):
        fitted = NetworkClassifier(**QUICK).fit(X, y)
    assert fitted.n_iter_ == 2


# ── randomness ──────────────────────────────────────────────────────────────────────────────


def test_a_random_state_decides_everything(digits: Any) -> None:
    X, y = digits
    options = QUICK | {"random_state": None, "early_stopping": True}
    for state in (7, np.int64(7), np.random.RandomState(7)):
        one = NetworkClassifier(**options | {"random_state": state}).fit(X, y)
        again = np.random.RandomState(7) if isinstance(state, np.random.RandomState) else 7
        other = NetworkClassifier(**options | {"random_state": again}).fit(X, y)
        np.testing.assert_array_equal(one.predict_proba(X), other.predict_proba(X))
    np.random.seed(3)
    first, second = (NetworkClassifier(**options).fit(X, y) for _ in range(2))
    assert not np.array_equal(first.predict_proba(X), second.predict_proba(X))


# ── refusals ────────────────────────────────────────────────────────────────────────────────

NOISY = Design.chain(INPUT(), layers.Dropout(0.2), layers.Dense(10, activation="softmax"))
SHORT = Design.chain(INPUT(), layers.Dense(3, activation="softmax"))
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"alpha": -1}, "NetworkClassifier: alpha should be greater than or equal to 0, not -1"),
    ({"hidden_layer_sizes": (3, 0)}, "hidden_layer_sizes should be one or several whole numbers"),
    ({"activation": "sine"}, "activation should be one of .*identity.*logistic.*, not 'sine'"),
    ({"solver": "newton"}, "solver should be one of .*lbfgs.*, not 'newton'"),
    ({"batch_size": 0}, "batch_size should be 'auto' or a whole number from 1, not 0"),
    ({"n_iter_no_change": 0.5}, "n_iter_no_change should be a whole number from 1 or infinite"),
    ({"learning_rate": "fast"}, "learning_rate should be 'constant', 'invscaling' or 'adaptive'"),
    ({"design": "dense"}, "design should be an instance of Design, not 'dense'"),
    ({"design": SHORT}, "dense_1 gives 3 outputs, but the data has 10 classes. Set its units to"),
    ({"design": NOISY, "solver": "lbfgs"}, "dropout_1 draws noise"),
    ({"class_weight": "even"}, "class_weight should be 'balanced' or a weight a class"),
    ({"alpha": 1e6}, "alpha is too large"),
]


@pytest.mark.parametrize(("parameters", "said"), REFUSED, ids=lambda each: str(each)[:30])
def test_wrong_parameters_are_named(digits: Any, parameters: dict[str, Any], said: str) -> None:
    with pytest.raises(GlassworkError, match=said):
        NetworkClassifier(**QUICK | parameters).fit(*digits)


def test_wrong_rows_are_named(digits: Any, labels: Any) -> None:
    X, y = digits
    fitted = NetworkClassifier(**QUICK, warm_start=True).fit(X, y)
    several = NetworkClassifier(**QUICK).partial_fit(*labels)
    numbers = NetworkRegressor(**QUICK).partial_fit(X, y)
    huge = (X * 3.3e38).astype(np.float32)
    refused: list[tuple[Any, str]] = [
        (lambda: NetworkClassifier().fit(X, np.zeros(300)), "y holds 1 class, '0'"),
        (lambda: NetworkClassifier().fit(X, y, y == 3), "of one class"),
        (lambda: NetworkClassifier().fit(X, y, y[:9]), r"shape \(9,\), but X has 300 rows"),
        (lambda: NetworkClassifier().fit(X, y, -y), "may not hold negative"),
        (lambda: NetworkClassifier().fit(X, y, 0), "zero for every row"),
        (lambda: NetworkClassifier().fit(X, np.c_[y, y]), "0 and 1 only"),
        (lambda: NetworkClassifier().partial_fit(X, y), "needs classes"),
        (lambda: fitted.fit(X, y + 1), "y holds '10', which is none of the classes"),
        (lambda: fitted.partial_fit(X, y, classes=[1, 2]), "differs from the classes before"),
        (lambda: several.partial_fit(labels[0], labels[1][:, 0]), "several labels a row"),
        (lambda: several.partial_fit(labels[0], labels[1][:, :2]), "2 columns of labels"),
        (lambda: numbers.partial_fit(X, np.c_[y, y]), "2 targets, but training began with 1"),
        (lambda: NetworkRegressor(loss="auto2").fit(X, y), "squared_error.*, not 'auto2'"),
        (
            lambda: NetworkClassifier(early_stopping=True).partial_fit(X, y, classes=range(10)),
            "early_stopping needs all rows",
        ),
        (lambda: NetworkClassifier(**QUICK, solver="sgd").fit(huge, y), "not finite"),
        (lambda: NetworkClassifier(**QUICK, solver="lbfgs").fit(huge, y), "not finite"),
    ]
    for act, said in refused:
        with pytest.raises(GlassworkError, match=said):
            act()


def test_what_is_not_there_is_not_there(digits: Any) -> None:
    assert not hasattr(NetworkClassifier(solver="lbfgs"), "partial_fit")
    assert not hasattr(NetworkClassifier(), "coefs_")
    for act in (
        lambda: NetworkClassifier().predict(digits[0]),
        lambda: NetworkClassifier().model_,
        lambda: NetworkRegressor().save("nothing.h5"),
    ):
        with pytest.raises(NotFittedError, match="not fitted yet"):
            act()
