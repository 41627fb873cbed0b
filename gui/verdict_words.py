"""Says in plain words whether a network earns its keep."""

from engine.bootstrap import Interval
from engine.earning import NETWORK, Verdict
from gui.figures import SHARES, figure, metric_name, number
from gui.words import mark, tr

NAMES = {
    NETWORK: mark("This network"),
    "mean": mark("Mean of the target"),
    "most frequent": mark("Most frequent class"),
    "linear regression": mark("Linear regression"),
    "logistic regression": mark("Logistic regression"),
    "gradient boosting": mark("Gradient boosting"),
}
BETTER = mark(
    "The network earns its keep: {figure} {network} against {value} of the best baseline, "
    "{baseline}. It is ahead by {ahead} (95 %: {low} to {high})."
)
WORSE = mark(
    "The network does not earn its keep: {figure} {network} against {value} of {baseline}. "
    "It is behind by {ahead} (95 %: {low} to {high})."
)
OPEN = mark(
    "These rows cannot tell the network from {baseline}: {figure} {network} against {value}. "
    "The difference may be anything from {low} to {high} (95 %); above 0 the network is better."
)

LEVEL = mark(
    "On these rows {baseline} does as well as the network: both have {figure} {value}. "
    "Rows that are harder, or more of them, might tell the two apart."
)


def verdict_words(verdict: Verdict) -> str:
    """One or two sentences with the figures that they rest on."""
    sign = -1.0 if verdict.outcome == "worse" else 1.0
    low, high = sorted((sign * verdict.difference.low, sign * verdict.difference.high))
    words = {"better": BETTER, "worse": WORSE, "open": OPEN}[verdict.outcome]
    words = LEVEL if low == high == 0 else words
    return tr(
        words,
        figure=_in_sentence(metric_name(verdict.figure)),
        network=figure(verdict.figure, verdict.network),
        value=figure(verdict.figure, verdict.value),
        baseline=_in_sentence(model_name(verdict.baseline)),
        ahead=_difference(verdict.figure, sign * verdict.ahead),
        low=_difference(verdict.figure, low),
        high=_difference(verdict.figure, high),
    )


def model_name(name: str) -> str:
    """How a model is called in the table."""
    return tr(NAMES[name])


def interval_words(name: str, span: Interval) -> str:
    """From where to where a figure reaches, with one sign of per cent."""
    low, high = figure(name, span.low), figure(name, span.high)
    return f"{low.removesuffix(' %')} – {high}" if name in SHARES else f"{low} – {high}"


def _in_sentence(name: str) -> str:
    """Without its capital, unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _difference(name: str, value: float) -> str:
    """Per cents differ by points."""
    if name not in SHARES:
        return number(value)
    points = f"{100 * value:.1f}".replace("-", "−")
    return tr("{points} points", points=points)
