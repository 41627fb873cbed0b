"""Pages that panels are composed of: they show values and say what a person changed."""
