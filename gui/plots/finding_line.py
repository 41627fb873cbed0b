"""One line that says in plain words what the curves show: overfitting, or a plateau."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.diagnosis import Finding, diagnose_losses
from gui import theme
from gui.elided import ElidedLabel
from gui.plots.series import Curves
from gui.throttle import Throttle
from gui.words import told

READING_MS = 1_000
ICONS = {"overfitting": ("warning", "warning"), "plateau": ("info", "muted")}


class FindingLine(QWidget):
    """Looks at the curves once a second; takes no room while all goes well."""

    def __init__(self) -> None:
        super().__init__()
        self.finding: Finding | None = None
        self._curves = Curves()
        self._looked_at: tuple[Curves, int] | None = None
        self._throttle = Throttle(self._look, READING_MS, self)
        self._icon, self._words = QLabel(), ElidedLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_M, 0, theme.SPACE_M, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_S)
        layout.addWidget(self._icon)
        layout.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; "" while there is nothing to say."""
        return self._words.text() if self.finding else ""

    def show_curves(self, curves: Curves) -> None:
        """What these show by now; another run is looked at without delay."""
        other = curves is not self._curves
        self._curves = curves
        if other:
            self._look()
        else:
            self._throttle.ask()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        if self.finding:
            name, token = ICONS[self.finding.kind]
            self._icon.setPixmap(theme.icon(name, token).pixmap(16, 16))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        curves = self._curves
        training = curves.series("loss", "training")
        if self._looked_at == (curves, len(training)):
            return
        self._looked_at = (curves, len(training))
        validation = curves.series("loss", "validation")
        found = diagnose_losses(training.x.astype(int), training.y, validation.y)
        self._say(found[0] if found else None)

    def _say(self, finding: Finding | None) -> None:
        if finding == self.finding:
            return
        self.finding = finding
        if finding:
            words = told(finding.message)
            self._words.setText(words)
            self._words.setAccessibleName(words)
            self.apply_theme()
        self.setVisible(finding is not None)
