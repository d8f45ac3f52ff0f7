"""How fast the kit is, as ratios to floors and peers measured in one run. Run with `make bench`."""
