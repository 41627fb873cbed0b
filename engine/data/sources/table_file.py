"""A person's table: CSV, TSV and other delimited text, or an Excel workbook."""

from pathlib import Path
from typing import ClassVar, Literal

from engine.data.dataset import Dataset, Table
from engine.data.reading import Reading, read_content
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.personal import EmbeddedFile, kept_content
from engine.kinds import field


class TableFile(EmbeddedFile, Source):
    """How the text is written is found out, said in a note, and can be set here."""

    label = "Table"
    tip = "A table of your own: CSV, TSV or Excel."
    built_in: ClassVar[bool] = False

    path: str = ""
    content: bytes | None = kept_content()
    sha256: str = ""
    delimiter: Literal["auto", ",", ";", "\t", "|"] = field(
        "auto", "Delimiter", "What stands between two fields.", advanced=True
    )
    decimal: Literal["auto", ".", ","] = field(
        "auto", "Decimal sign", "What stands before the decimals of a number.", advanced=True
    )
    header: Literal["auto", "yes", "no"] = field(
        "auto", "Header", "Whether the first row names the columns.", advanced=True
    )

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        """The table with its target column apart: the recipe's, or the last one."""
        reading = Reading(self.delimiter, self.decimal, self.header)
        table, notes = read_content(self.read(folder), self.name, reading)
        target = recipe.target
        if not target:
            target = table.names[-1]
            notes = (*notes, f"the last column, {target}, was taken as the target")
        others = [place for place, name in enumerate(table.names) if name != target]
        features = Table(
            tuple(table.names[place] for place in others),
            tuple(table.columns[place] for place in others),
            table.place,
        )
        values = table.column(target) if target in table.names else None
        return Dataset(Path(self.path).stem, features, values, target, notes=notes)
