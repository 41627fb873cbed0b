"""What the sources that read a person's own file share: its path, its bytes and their hash."""

from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field

from engine.data.reading.files import EMBED_LIMIT, cannot_open, read_bytes, sha256


class PersonalFile:
    """Mixed into a Source with the fields `path`, `content` and `sha256`.

    The bytes are not part of the JSON: a model file keeps them beside it, up to 64 MiB.
    """

    built_in: ClassVar[bool] = False
    path: str
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
    def name(self) -> str:
        """The file's own name, without its folders."""
        return Path(self.path).name

    def read(self, folder: Path | None) -> bytes:
        """The bytes, kept or read again from `path`, which may be relative to `folder`.

        Raises DataError where the file has gone, or is not the one that was opened.
        """
        if self.content is not None:
            return self.content
        content = read_bytes(self._found(folder))
        if self.sha256 and sha256(content) != self.sha256:
            raise cannot_open(self.name, "it has changed since it was chosen; choose it again")
        return content

    def _found(self, folder: Path | None) -> Path:
        path = Path(self.path)
        places = [path] if folder is None else [folder / path, folder / path.name]
        return next((place for place in places if place.exists()), places[0])


def kept_content() -> Any:
    """The field for the bytes: in memory, out of JSON and of messages."""
    return Field(None, exclude=True, repr=False)
