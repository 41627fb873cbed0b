"""Brings the files of a language up to date: `python3 dev.py translate [CODE …]`.

Every text of the window is gathered (`gui/words.py` says how they are marked; those of tables and
of the engine are read from there), Qt's lupdate enters them into `glasswork_CODE.ts`, and its
lrelease makes the file that the program reads. What is not translated yet stays in English.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from resources.texts import Text, all_texts, sentences

FOLDER = Path(__file__).with_name("translations")
ENGLISH = "en"
SENTENCES = FOLDER / "sentences.txt"


def main(codes: list[str]) -> int:
    """The languages of these codes, or those that there are; gives the exit code."""
    FOLDER.mkdir(exist_ok=True)
    there = [path.stem.removeprefix("glasswork_") for path in sorted(FOLDER.glob("*.ts"))]
    SENTENCES.write_text("".join(f"{each}\n" for each in sentences()), encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "texts.cpp")
        source.write_text("".join(map(_call, all_texts())), encoding="utf-8")
        for code in dict.fromkeys([ENGLISH, *(codes or there)]):
            _translate(code, source)
    return 0


def _translate(code: str, source: Path) -> None:
    catalogue = FOLDER / f"glasswork_{code}.ts"
    only = ["-pluralonly"] if code == ENGLISH else []  # the texts themselves are English
    options = ["-no-obsolete", "-locations", "none", "-target-language", code, *only]
    _tool("lupdate", "-silent", *options, str(source), "-ts", str(catalogue))
    _tool("lrelease", "-silent", "-removeidentical", str(catalogue))


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([Path(sys.executable).with_name(f"pyside6-{name}"), *arguments], check=True)


def _call(text: Text) -> str:
    """The text as lupdate reads it, from C++."""
    number = ", nullptr, n" if text.counts else ""
    return f'QCoreApplication::translate("", "{_escaped(text.words)}"{number});\n'


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
