"""Handouts and records for many clients, from a table with one row for each."""
