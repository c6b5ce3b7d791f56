"""Measurements, each a ratio against its bare counterpart in the same run: `make bench`."""
