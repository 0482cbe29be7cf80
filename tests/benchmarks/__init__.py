"""Benchmarks: commands that print ratios from one run, not timed tests."""
