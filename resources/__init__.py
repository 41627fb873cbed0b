"""What the program ships beside its code: templates to start from, and pictures."""
