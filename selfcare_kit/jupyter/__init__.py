"""Starts Jupyter on the planner, and keeps client data out of saved notebooks."""
