"""The design as a picture for others: as drawn, or in columns of neurons; SVG, PNG or PDF."""
