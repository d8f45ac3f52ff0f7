"""Benchmarks: ratios of the kit to a lower bound or to other packages, measured in one run by `make bench`."""
