"""What several panels draw with: themed plots, heatmaps, legends, and the words when empty."""
