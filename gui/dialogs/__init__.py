"""The dialogs, one a file; none of them blocks the window, and each says what was chosen."""
