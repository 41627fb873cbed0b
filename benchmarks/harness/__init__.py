"""What the benchmarks share: cases, contenders in processes of their own, turns, ratios, tables."""
