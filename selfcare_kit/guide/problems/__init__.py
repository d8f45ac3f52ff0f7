"""What is wrong in the tables, settings and texts of a guide folder."""
