"""A guide: a folder of tables and texts about one complaint, read into typed values."""
