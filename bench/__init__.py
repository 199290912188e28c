"""Benchmarks: ratios taken in one run. `make bench`, or `python -m bench --quick`."""
