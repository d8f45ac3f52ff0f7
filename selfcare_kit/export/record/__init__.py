"""The clinician's own records, which are read back: CSV, JSON, workbook, and what rides along in a page."""
