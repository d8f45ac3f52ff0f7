"""Builds the planner as one HTML file: Python itself, the kit and what it needs, and a page that shows them."""
