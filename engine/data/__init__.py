"""From a source to prepared rows: `load_dataset`, then `prepare`."""

from engine.data.dataset import DataFacts, Dataset, Prepared, Rows, Table, Task
from engine.data.inspection import ColumnSummary, inspect
from engine.data.loading import (
    found_at,
    from_arrays,
    load_dataset,
    read_table,
    recipe_for_file,
    recipe_of,
    source_for,
    suited,
)
from engine.data.preparing import outlined, prepare
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import Column, DataRecipe, Source, SplitRecipe
from engine.data.streaming.hdf5 import holds_data

__all__ = [
    "Column",
    "ColumnSummary",
    "DataFacts",
    "DataRecipe",
    "Dataset",
    "Prepared",
    "Preprocessing",
    "Rows",
    "Source",
    "SplitRecipe",
    "Table",
    "Task",
    "found_at",
    "from_arrays",
    "holds_data",
    "inspect",
    "load_dataset",
    "outlined",
    "prepare",
    "read_table",
    "recipe_for_file",
    "recipe_of",
    "source_for",
    "suited",
]
