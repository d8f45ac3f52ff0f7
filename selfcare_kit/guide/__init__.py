"""A guide: a folder of tables and texts about one complaint, read into typed values.

`schema.py` knows the columns, `cells.py` and `tables.py` read the CSV files, `records.py` and `point.py` hold the types
of the rows, `index.py` is `guide.records`, `guide.py` is the guide itself, and `problems/` finds what is wrong in one.
"""
