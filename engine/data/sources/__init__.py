"""Where rows come from: one file a source. Importing this makes all of them known."""

from engine.data.sources.array_file import ArrayFile
from engine.data.sources.blobs import Blobs
from engine.data.sources.breast_cancer import BreastCancer
from engine.data.sources.circles import Circles
from engine.data.sources.diabetes import Diabetes
from engine.data.sources.digits import Digits
from engine.data.sources.given import Given
from engine.data.sources.hdf5_file import Hdf5File
from engine.data.sources.idx_file import IdxFile
from engine.data.sources.iris import Iris
from engine.data.sources.moons import Moons
from engine.data.sources.noisy_regression import NoisyRegression
from engine.data.sources.npy_file import NpyFile
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
    "Hdf5File",
    "IdxFile",
    "Iris",
    "Moons",
    "NoisyRegression",
    "NpyFile",
    "Spiral",
    "TableFile",
    "Wine",
    "Xor",
]
