"""Which encoding a text file has; everything after this sees UTF-8 with plain line ends."""

import codecs

from engine.data.reading.files import cannot_open

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def to_utf8(content: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The text as UTF-8 with "\\n" line ends, and a note where it was in another encoding.

    Raises DataError where the file is empty, holds NUL bytes or is no text in any known encoding.
    """
    encoding = encoding_of(content)
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise cannot_open(name, f"byte {error.start:,} is no {encoding} text") from None
    data = content if encoding == "utf-8" and content.isascii() else text.encode()
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise cannot_open(name, f"line {line:,} holds NUL bytes, so it is not a text file")
    if not data.strip():
        raise cannot_open(name, "the file is empty")
    said = () if encoding == "utf-8" else (f"the text was read as {_spoken(encoding)}",)
    return data, said


def encoding_of(content: bytes) -> str:
    """By the byte order mark, then by NULs in every other place, then UTF-8, else cp1252."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:4096]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[offset::2]
        if half and half.count(0) > 0.4 * len(half) and not sample[1 - offset :: 2].count(0):
            return encoding
    try:
        content.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _spoken(encoding: str) -> str:
    return "cp1252 (Windows)" if encoding == "cp1252" else encoding.upper()
