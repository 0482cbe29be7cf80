"""Benchmarks: figures and ratios of one run, measured when asked for, not timed tests."""
