"""How weights begin. Definitions and names follow Keras 3 (`keras.initializers`).

Every member draws float64 numbers from an explicit generator, shaped `(inputs, outputs)`.
"""

from abc import abstractmethod

import numpy as np

from engine.kinds import Kind, field

# A normal distribution cut at two standard deviations keeps this share of its spread; dividing
# by it restores the intended one (Keras, `VarianceScaling`).
TRUNCATED_SPREAD = 0.87962566103423978


class Initializer(Kind):
    """Fills one array at the start of training."""

    @abstractmethod
    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        """Values of `shape`; a kernel is `(inputs, outputs)`, a vector `(n,)`."""


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """(fan in, fan out) of a kernel `(inputs, outputs)`; a vector counts as both."""
    return shape[0], shape[-1]


def scaled_uniform(
    shape: tuple[int, ...], variance: float, generator: np.random.Generator
) -> np.ndarray:
    """Evenly between -limit and +limit, with limit = sqrt(3 variance)."""
    limit = np.sqrt(3.0 * variance)
    return generator.uniform(-limit, limit, shape)


def scaled_normal(
    shape: tuple[int, ...], variance: float, generator: np.random.Generator
) -> np.ndarray:
    """A normal of this variance, values beyond two standard deviations drawn again."""
    values = generator.standard_normal(shape)
    while (beyond := np.abs(values) > 2.0).any():
        values[beyond] = generator.standard_normal(int(beyond.sum()))
    return values * (np.sqrt(variance) / TRUNCATED_SPREAD)


class Zeros(Initializer):
    tip = "Every value is 0."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return np.zeros(shape)


class Constant(Initializer):
    tip = "Every value is the same number."
    value: float = field(1.0, "Value", "The number every weight begins with.", ge=-1e6, le=1e6)

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return np.full(shape, self.value)


class RandomNormal(Initializer):
    label = "Normal"
    tip = "A normal distribution with a mean and a standard deviation of your choice."
    mean: float = field(0.0, "Mean", "The centre of the distribution.", ge=-1e3, le=1e3)
    stddev: float = field(0.05, "Std. deviation", "The spread of the distribution.", ge=0, le=1e3)

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return self.mean + self.stddev * generator.standard_normal(shape)


class RandomUniform(Initializer):
    label = "Uniform"
    tip = "Evenly between -limit and +limit."
    limit: float = field(0.05, "Limit", "Values lie between minus and plus this.", ge=0, le=1e3)

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return generator.uniform(-self.limit, self.limit, shape)


class GlorotNormal(Initializer):
    """Variance 2 / (fan in + fan out) (Glorot and Bengio 2010)."""

    label = "Glorot normal"
    tip = "Keeps the spread of values alike forwards and backwards; for tanh, sigmoid and softmax."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_normal(shape, 2.0 / sum(fans(shape)), generator)


class GlorotUniform(Initializer):
    """Variance 2 / (fan in + fan out) (Glorot and Bengio 2010)."""

    label = "Glorot uniform"
    tip = "Keeps the spread of values alike forwards and backwards; for tanh, sigmoid and softmax."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_uniform(shape, 2.0 / sum(fans(shape)), generator)


class HeNormal(Initializer):
    """Variance 2 / fan in (He et al. 2015)."""

    label = "He normal"
    tip = "Twice the variance, since relu passes half of it; for relu and its kin."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_normal(shape, 2.0 / fans(shape)[0], generator)


class HeUniform(Initializer):
    """Variance 2 / fan in (He et al. 2015)."""

    label = "He uniform"
    tip = "Twice the variance, since relu passes half of it; for relu and its kin."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_uniform(shape, 2.0 / fans(shape)[0], generator)


class LecunNormal(Initializer):
    """Variance 1 / fan in (LeCun et al. 1998)."""

    label = "LeCun normal"
    tip = "Keeps the variance of the inputs; for selu."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_normal(shape, 1.0 / fans(shape)[0], generator)


class LecunUniform(Initializer):
    """Variance 1 / fan in (LeCun et al. 1998)."""

    label = "LeCun uniform"
    tip = "Keeps the variance of the inputs; for selu."

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        return scaled_uniform(shape, 1.0 / fans(shape)[0], generator)


class Orthogonal(Initializer):
    """The Q of a QR decomposition of normal numbers, signs fixed by R (Saxe et al. 2014)."""

    tip = "Columns (or rows) at right angles to one another; keeps lengths in deep networks."
    gain: float = field(1.0, "Gain", "Multiplies the orthogonal matrix.", gt=0, le=100)

    def draw(self, shape: tuple[int, ...], generator: np.random.Generator) -> np.ndarray:
        rows, columns = shape if len(shape) == 2 else (shape[0], 1)
        tall = generator.standard_normal((max(rows, columns), min(rows, columns)))
        q, r = np.linalg.qr(tall)
        q *= np.where(np.diag(r) < 0, -1.0, 1.0)
        return self.gain * (q if rows >= columns else q.T).reshape(shape)
