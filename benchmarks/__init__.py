"""Measurements, side by side with a reference; never part of the tests."""
