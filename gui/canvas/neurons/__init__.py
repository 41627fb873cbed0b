"""A layer unfolded into its neurons, with a link for every weight."""
