"""How curves are drawn, behind one button: by epochs or steps, how smooth, training loss afresh."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from gui import theme
from gui.words import mark, tr

AFRESH_TIP = mark(
    "After an epoch, with dropout and noise off, on a sample of at most 5,000 training rows: "
    "the running loss cannot be compared with that of validation"
)


class CurveOptions(QToolButton):
    """`changed` says that something was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setFixedWidth(theme.scaled(30))
        self.setStyleSheet(
            "QToolButton { padding: 4px; } QToolButton::menu-indicator { image: none; width: 0; }"
        )
        self.setToolTip(tr("Steps or epochs, smoothing, training loss afresh"))
        self.setAccessibleName(tr("How curves are drawn"))
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._group = QActionGroup(menu)
        self.epochs = self._choice(menu, tr("By &epochs"), self._group)
        self.steps = self._choice(menu, tr("By &steps"), self._group)
        self.epochs.setChecked(True)
        menu.addSeparator()
        self.afresh_action = self._choice(menu, tr("Training loss &afresh"))
        self.afresh_action.setToolTip(tr(AFRESH_TIP))
        menu.addSeparator()
        menu.addAction(self._smoothing(menu))
        self.setMenu(menu)
        self.apply_theme()

    @property
    def by_steps(self) -> bool:
        """Whether the axis counts steps of the optimizer."""
        return self.steps.isChecked()

    @property
    def afresh(self) -> bool:
        """Whether the training loss is measured again after each epoch."""
        return self.afresh_action.isChecked()

    @property
    def smoothing(self) -> float:
        """From 0 to 0.99."""
        return self.slider.value() / 100

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.setIcon(theme.icon("sliders-horizontal", "muted"))

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _choice(self, menu: QMenu, text: str, group: QActionGroup | None = None) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        if group:
            group.addAction(action)
        action.toggled.connect(lambda _: self.changed.emit())
        return action

    def _smoothing(self, menu: QMenu) -> QWidgetAction:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(theme.SPACE_L, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_XS)
        layout.setSpacing(theme.SPACE_S)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 99)
        self.slider.setPageStep(10)
        self.slider.setMinimumWidth(theme.scaled(120))
        self.slider.setAccessibleName(tr("Smoothing"))
        self.slider.setToolTip(tr("A moving average over the line, which stays beneath, paler"))
        value = QLabel("0.00")
        value.setMinimumWidth(value.fontMetrics().horizontalAdvance("0.00"))
        self.slider.valueChanged.connect(lambda now: value.setText(f"{now / 100:.2f}"))
        self.slider.valueChanged.connect(lambda _: self.changed.emit())
        layout.addWidget(QLabel(tr("Smoothing")))
        layout.addWidget(self.slider, 1)
        layout.addWidget(value)
        action = QWidgetAction(menu)
        action.setDefaultWidget(row)
        return action
