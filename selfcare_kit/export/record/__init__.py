"""The clinician's own records, which are read back: CSV, JSON, workbook, and the data inside of a page."""
