"""Where rows come from: one file a source. Importing this makes all of them known."""

from engine.data.sources.array_file import ArrayFile
from engine.data.sources.blobs import Blobs
from engine.data.sources.breast_cancer import BreastCancer
from engine.data.sources.circles import Circles
from engine.data.sources.diabetes import Diabetes
from engine.data.sources.digits import Digits
from engine.data.sources.given import Given
from engine.data.sources.iris import Iris
from engine.data.sources.moons import Moons
from engine.data.sources.noisy_regression import NoisyRegression
from engine.data.sources.spiral import Spiral
from engine.data.sources.table_file import TableFile
from engine.data.sources.wine import Wine
from engine.data.sources.xor import Xor

__all__ = [
    "ArrayFile",
    "Blobs",
    "BreastCancer",
    "Circles",
    "Diabetes",
    "Digits",
    "Given",
    "Iris",
    "Moons",
    "NoisyRegression",
    "Spiral",
    "TableFile",
    "Wine",
    "Xor",
]
