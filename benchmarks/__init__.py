"""What Glasswork's speed is measured with: one file a benchmark, run by `dev.py benchmark NAME`."""
