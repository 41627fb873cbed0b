"""The tool bar: train, pause, step, stop and reset, with the progress beside them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui import theme
from gui.actions import Actions
from gui.progress import TrainingProgress
from gui.words import tr


class ToolBar(QToolBar):
    """Buttons for actions of the table, and `progress`."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(tr("Training"), parent)
        self.setObjectName("training")
        self.setMovable(False)
        self.setIconSize(QSize(16, 16))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._actions = actions
        self._paused = False
        self._train = self._button("train", "primary")
        actions["train"].changed.connect(self._paint_train)
        self._button("pause")
        step = self._button("step_batch", text=tr("Step"))
        menu = QMenu(step)
        menu.addActions([actions["step_batch"], actions["step_epoch"]])
        step.setMenu(menu)
        step.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._button("stop")
        reset = self._button("reset")
        menu = QMenu(reset)
        menu.addActions([actions["reset"], actions["new_seed"]])
        reset.setMenu(menu)
        reset.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.progress = TrainingProgress()
        self.addWidget(self.progress)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        theme.notifier.theme_changed.connect(self._paint)
        self._paint_train()

    def show_state(self, state: str) -> None:
        """The state of training decides what the pause button would do."""
        self._paused = state == "paused"
        self._actions["pause"].setText(tr("Res&ume") if self._paused else tr("&Pause"))
        self._paint()

    def _paint(self) -> None:
        self._actions["pause"].setIcon(theme.icon("play" if self._paused else "pause"))
        self._paint_train()

    def _paint_train(self) -> None:
        """On the button the icon stands on the accent, in the menu it does not."""
        self._train.setIcon(theme.icon("play", "on_accent"))

    def _button(self, identifier: str, role: str = "", text: str = "") -> QToolButton:
        action = self._actions[identifier]
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if text:
            button.setText(text)
            action.changed.connect(lambda: button.setText(text))
        if role:
            button.setProperty("role", role)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addWidget(button)
        return button
