"""Paths, outlines and labels in the plane."""
