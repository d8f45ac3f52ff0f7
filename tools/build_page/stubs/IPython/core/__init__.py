"""The part of the few names that ipywidgets imports."""
