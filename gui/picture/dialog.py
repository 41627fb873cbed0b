"""The dialog "Export a picture…": all choices beside a preview that follows them and the design."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.errors import GlassworkError
from engine.files.replacing import replace_file
from gui import asking, theme
from gui.document import Document
from gui.pages.message import Messages
from gui.picture import output
from gui.picture.choices import Choices
from gui.picture.form import Form
from gui.picture.making import drawing_of
from gui.picture.preview import Preview
from gui.words import tr

SOON = 120  # ms from a change to the preview


class PictureDialog(QDialog):
    """Stays open beside the work: the design can be edited and trained meanwhile."""

    chosen = Signal(object)  # Choices

    def __init__(self, document: Document, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export a picture"))
        self._document = document
        self.form = Form(choices)
        self.preview = Preview()
        self.messages = Messages()
        self.empty = QLabel(tr("There is nothing to draw yet: add a layer to the design."))
        self.copy_button = QPushButton(tr("&Copy to clipboard"))
        self.save_button = QPushButton(tr("Save &as…"))
        self.close_button = QPushButton(tr("Close"))
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._arrange()
        self._connect()
        self.refresh()
        self.resize(theme.scaled(940), theme.scaled(560))

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _arrange(self) -> None:
        title = QLabel(tr("Export a picture"))
        title.setProperty("role", "title")
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.form.setFixedWidth(theme.scaled(300))
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE_M)
        right.addWidget(self.preview, 1)
        right.addWidget(self.empty, 1)
        right.addWidget(self.messages)
        middle = QHBoxLayout()
        middle.setSpacing(theme.SPACE_XL)
        middle.addWidget(self.form)
        middle.addLayout(right, 1)
        bottom = QHBoxLayout()
        bottom.addStretch()
        for button in (self.close_button, self.copy_button, self.save_button):
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_XL] * 4)
        column.setSpacing(theme.SPACE_L)
        column.addWidget(title)
        column.addLayout(middle, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.save_button.setProperty("role", "primary")
        self.save_button.setDefault(True)
        for button in (self.copy_button, self.close_button):
            button.setAutoDefault(False)
        self.save_button.setToolTip(tr("Write the picture to a file"))
        self.copy_button.setToolTip(tr("As pixels, and as SVG for programs that can take it"))
        self.close_button.clicked.connect(self.reject)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self._choose_target)
        self.form.changed.connect(self._follow)
        self._soon.timeout.connect(self.refresh)
        document = self._document
        for changed in (document.document_changed, document.facts_changed, document.focus_changed):
            changed.connect(self._soon.start)

    # ── the picture ─────────────────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Draws the preview anew."""
        document, choices = self._document, self.form.choices
        has_layers = bool(document.project.design.nodes)
        self.form.show_selection(bool(document.focus.layers))
        self.drawing = drawing_of(document, choices) if has_layers else None
        self.preview.show_drawing(self.drawing, choices)
        self.preview.setVisible(has_layers)
        self.empty.setVisible(not has_layers)
        for button in (self.copy_button, self.save_button):
            button.setEnabled(has_layers)
        size = output.size_in_words(self.drawing, choices) if self.drawing else ""
        self.form.size_text.setText(size)

    def save_to(self, path: Path) -> None:
        """Writes the picture, or says in one sentence why it cannot be."""
        self.refresh()
        if self.drawing is None:
            return
        try:
            with _patience():
                replace_file(path, output.encoded(self.drawing, self.form.choices))
        except GlassworkError as error:
            self.messages.show_sentences([str(error)], "error")
        else:
            self.messages.show_sentences([tr("wrote {name}", name=path.name)], "ok")

    def copy(self) -> None:
        """Puts the picture on the clipboard."""
        self.refresh()
        if self.drawing is None:
            return
        try:
            with _patience():
                data = output.mime(self.drawing, self.form.choices)
            QGuiApplication.clipboard().setMimeData(data)
        except GlassworkError as error:
            self.messages.show_sentences([str(error)], "error")
        else:
            self.messages.show_sentences([tr("the picture is on the clipboard")], "ok")

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _follow(self) -> None:
        self.messages.show_sentences((), "muted")
        self.chosen.emit(self.form.choices)
        self._soon.start()

    def _choose_target(self) -> None:
        kind = self.form.choices.format
        near = self._document.path or Path.home() / self._document.project.name
        start = near.with_name(f"{near.stem}.{kind}")
        filters = f"{kind.upper()} (*.{kind})"
        asking.save_path(self, tr("Export a picture"), start, filters, self.save_to)


@contextmanager
def _patience() -> Generator[None]:
    """Shows that it takes a while: a thousand layers take seconds."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
