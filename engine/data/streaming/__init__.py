"""Rows that stay in their file: read a block at a time, so that memory does not grow with it."""
