"""Benchmarks: each prints what it measured and, where there is one, the ratio to a bare twin of the same run."""
