"""The tool bar: train, pause, step, stop and reset, with the progress beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from gui.actions import Actions
from gui.progress import TrainingProgress


class ToolBar(QToolBar):
    """Buttons for actions of the table, and `progress`."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Training", parent)
        self.setObjectName("training")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._actions = actions
        self._button("train", "primary")
        self._button("pause")
        step = self._button("step_batch", text="Step")
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
