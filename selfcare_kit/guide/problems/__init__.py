"""The problems in the tables, settings and texts of a guide folder."""
