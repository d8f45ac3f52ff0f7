"""What spreadsheet programs and people make of the cells of a table, in every reader of tables."""
