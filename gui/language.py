"""Which languages there are beside English, and putting the chosen one on before a window is made.

A language is a file `glasswork_de.qm` in `resources/translations`, or in the person's own folder
`translations` beside the recovery copies; `python3 dev.py translate de` begins a new one.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from gui.settings import Settings, data_folder

PREFIX = "glasswork_"
SHIPPED = Path(__file__).parents[1] / "resources" / "translations"
ENGLISH = "en"
_worn: list[QTranslator] = []


def folders() -> tuple[Path, Path]:
    """Where languages are looked for; the person's own come first."""
    return data_folder() / "translations", SHIPPED


def languages() -> dict[str, str]:
    """What may be chosen, by code, each in its own words: {"en": "English", "de": "Deutsch"}."""
    found = {path.stem.removeprefix(PREFIX) for each in folders() for path in _files(each)}
    named = {code: _own_name(code) for code in sorted(found - {ENGLISH})}
    return {ENGLISH: "English"} | named


def chosen(wanted: str) -> str:
    """What `wanted` means here: a language that there is, else the system's, else English."""
    there = languages()
    if wanted in there:
        return wanted
    spoken = (name.replace("-", "_") for name in QLocale.system().uiLanguages())
    codes = (code for name in spoken for code in (name, name.partition("_")[0]))
    return next((code for code in codes if code in there), ENGLISH)


def wear(settings: Settings) -> None:
    """Lets all texts made from now on be in the language chosen; Qt's own, too."""
    for translator in _worn:
        QCoreApplication.removeTranslator(translator)
    _worn.clear()
    code = chosen(settings.language)
    _add(ENGLISH, PREFIX, *folders())  # its plural forms: 1 problem, 2 problems
    if code != ENGLISH:
        _add(code, "qtbase_", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
        _add(code, PREFIX, *folders())


def _add(code: str, prefix: str, *where: Path) -> None:
    """The first such file that can be read is asked before those that were added earlier."""
    translator = QTranslator()
    if any(translator.load(f"{prefix}{code}", str(folder)) for folder in where):
        QCoreApplication.installTranslator(translator)
        _worn.append(translator)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"{PREFIX}*.qm"))
    except OSError:
        return []


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName()
    return f"{name[:1].upper()}{name[1:]}" or code
