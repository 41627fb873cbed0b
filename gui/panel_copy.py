"""Copies a panel, or saves it: as a picture (PNG, SVG) and as the figures behind it (CSV)."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRect, QSize
from PySide6.QtGui import QAction, QGuiApplication, QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu, QWidget

from gui import asking, theme
from gui.figure_table import to_csv
from gui.panels.base import Panel
from gui.words import tr

SHARPNESS = 2.0  # pixels of a picture for each on the screen
PICTURES = "PNG (*.png);;SVG (*.svg)"
FLAGS = QWidget.RenderFlag.DrawChildren | QWidget.RenderFlag.DrawWindowBackground


def menu(panel: Panel) -> QMenu:
    """What the right mouse button and the menu key offer on a panel."""
    made = QMenu(panel)
    rows: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
        (tr("&Copy the picture"), "copy", lambda: copy_picture(panel), True),
        (tr("Copy the &figures"), "table", lambda: copy_figures(panel), bool(panel.tables())),
        (tr("Save the &picture…"), "export", lambda: ask_for_picture(panel), True),
        (tr("Save the figures as CS&V…"), "", lambda: ask_for_figures(panel), bool(panel.tables())),
    )
    for text, icon, call, enabled in rows:
        action = QAction(text, made)
        if icon:
            action.setIcon(theme.icon(icon, "muted"))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _=False, call=call: call())
        made.addAction(action)
    return made


def copy_picture(panel: Panel) -> None:
    """Puts the picture on the clipboard, as pixels and as SVG."""
    data = QMimeData()
    data.setImageData(image(panel))
    data.setData("image/svg+xml", QByteArray(svg(panel)))
    QGuiApplication.clipboard().setMimeData(data)


def copy_figures(panel: Panel) -> None:
    """Puts the figures on the clipboard, as CSV."""
    QGuiApplication.clipboard().setText(to_csv(panel.tables()))


def image(panel: QWidget) -> QImage:
    """The panel as it is seen, twice as sharp."""
    size = panel.size()
    made = QImage(size * SHARPNESS, QImage.Format.Format_ARGB32_Premultiplied)
    made.setDevicePixelRatio(SHARPNESS)
    made.fill(theme.color("surface"))
    painter = QPainter(made)
    panel.render(painter, QPoint(), QRegion(), FLAGS)
    painter.end()
    return made


def svg(panel: QWidget) -> bytes:
    """The panel as lines and letters."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(panel.size())
    generator.setViewBox(QRect(QPoint(), QSize(panel.size())))
    generator.setTitle(panel.accessibleName())
    painter = QPainter(generator)
    painter.fillRect(panel.rect(), theme.color("surface"))
    panel.render(painter, QPoint(), QRegion(), FLAGS)
    painter.end()
    return bytes(buffer.data().data())


def save_picture(panel: Panel, path: Path) -> None:
    """Writes the picture; the ending says in which format."""
    if path.suffix.lower() == ".svg":
        content = svg(panel)
    else:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image(panel).save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
        content = bytes(buffer.data().data())
    _write(panel, path, content)


def save_figures(panel: Panel, path: Path) -> None:
    """Writes the figures as CSV, with the mark by which spreadsheets know UTF-8."""
    _write(panel, path, to_csv(panel.tables()).encode("utf-8-sig"))


def ask_for_picture(panel: Panel) -> None:
    """Asks where to, and saves the picture."""
    start = Path.home() / f"{panel.name}.png"
    save = lambda path: save_picture(panel, path)  # noqa: E731 - a name for what follows
    asking.save_path(panel.window(), tr("Save the picture"), start, PICTURES, save)


def ask_for_figures(panel: Panel) -> None:
    """Asks where to, and saves the figures."""
    start = Path.home() / f"{panel.name}.csv"
    save = lambda path: save_figures(panel, path)  # noqa: E731 - a name for what follows
    asking.save_path(panel.window(), tr("Save the figures"), start, "CSV (*.csv)", save)


def _write(panel: Panel, path: Path, content: bytes) -> None:
    """Writes beside the file first, so that a full disk cannot cost the old one."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        sentence = tr("cannot write {file}: {reason}", file=path.name, reason=reason)
        asking.warn(panel.window(), tr("Nothing was saved"), sentence)
