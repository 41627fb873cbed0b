"""The window: it shows values and events of `engine`, and turns gestures into edits."""
