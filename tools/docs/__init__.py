"""Build the documentation as a site: `python -m tools.docs`, or `make docs`.

Most of it is what lies in `docs/`. Made here are the reference from the docstrings, the safety questions from the
guide, the notebooks as pages, the list of decisions, and what can be tried without an installation. A warning, a dead
link or a request to another computer fails the build.
"""
