"""What the sources that read a person's own files share: where they lie, and which they are.

A file is either embedded, its bytes kept within the project up to 64 MiB, or streamed from where
it is: HDF5, IDX, an NPY file that is larger or has its targets beside it.
"""

from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field

from engine.data.dataset import Dataset
from engine.data.reading.files import EMBED_LIMIT, cannot_open, read_bytes, sha256
from engine.data.recipe import DataRecipe
from engine.data.streaming.dataset import StreamedDataset
from engine.data.streaming.store import Progress, untold
from engine.data.streaming.watched import CHANGED, fingerprint


class PersonalFile:
    """Mixed into a Source with the field `path`, which may be relative to a folder.

    `of_file` names the fields that say which file it is; the others say how it is read.
    """

    built_in: ClassVar[bool] = False
    of_file: ClassVar[tuple[str, ...]] = ("path",)
    path: str

    @property
    def name(self) -> str:
        """The file's own name, without its folders."""
        return Path(self.path).name

    @property
    def mark(self) -> str:
        """What tells this file from another of the same name."""
        raise NotImplementedError

    @property
    def at_hand(self) -> bool:
        """Whether the rows are within the project, so that no file could be missing."""
        return False

    def alone(self) -> Self:
        """The rows of this file only, without a test part that lies beside it."""
        return self

    def place(self, folder: Path | None) -> Path:
        """Where the file is, at its path or beside the model file in `folder`."""
        path = Path(self.path)
        places = [path] if folder is None else [folder / path, folder / path.name]
        return next((place for place in places if place.exists()), places[0])


class EmbeddedFile(PersonalFile):
    """Mixed into a Source with the fields `path`, `content` and `sha256`.

    The bytes are not part of the JSON: a model file keeps them beside it, up to 64 MiB.
    """

    of_file: ClassVar[tuple[str, ...]] = ("path", "content", "sha256")
    content: bytes | None
    sha256: str

    @classmethod
    def open(cls, path: Path | str, **fields: Any) -> Self:
        """The source for the file at `path`. Raises DataError where it cannot be read."""
        content = read_bytes(Path(path))
        kept = content if len(content) <= EMBED_LIMIT else None
        found = {"path": str(Path(path).absolute()), "content": kept, "sha256": sha256(content)}
        return cls(**found | fields)

    @property
    def mark(self) -> str:
        return self.sha256

    @property
    def at_hand(self) -> bool:
        return self.content is not None

    def read(self, folder: Path | None) -> bytes:
        """The bytes, kept or read again from `path`, which may be relative to `folder`.

        Raises DataError where the file has gone, or is not the one that was opened.
        """
        if self.content is not None:
            return self.content
        content = read_bytes(self.place(folder))
        if self.sha256 and sha256(content) != self.sha256:
            raise cannot_open(self.name, CHANGED)
        return content


class StreamedFile(PersonalFile):
    """Mixed into a Source with the fields `path` and `fingerprint`; the file stays where it is."""

    of_file: ClassVar[tuple[str, ...]] = ("path", "fingerprint")
    fingerprint: str

    @classmethod
    def open(cls, path: Path | str, **fields: Any) -> Self:
        """The source for the file at `path`. Raises DataError where it cannot be read."""
        path = Path(path).absolute()
        return cls(**{"path": str(path), "fingerprint": fingerprint(path)} | fields)

    @property
    def mark(self) -> str:
        return self.fingerprint

    @abstractmethod
    def stream(
        self, recipe: DataRecipe, folder: Path | None, progress: Progress
    ) -> StreamedDataset:
        """Looks at the file and reads the targets. Raises DataError in one sentence."""

    def load(self, recipe: DataRecipe, folder: Path | None) -> Dataset:
        """The same, with nobody told of its progress."""
        return self.stream(recipe, folder, untold)

    def found(self, folder: Path | None) -> Path:
        """Where the file is. Raises DataError where it has gone, or is another one by now."""
        path = self.place(folder)
        if self.fingerprint and fingerprint(path) != self.fingerprint:
            raise cannot_open(self.name, CHANGED)
        return path


def kept_content() -> Any:
    """The field for the bytes: in memory, out of JSON and of messages."""
    return Field(None, exclude=True, repr=False)
