"""Glasswork's engine: neural networks from scratch in NumPy, for a window or without one."""
