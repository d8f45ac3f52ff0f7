"""What a short sentence says: its words, the name among them, and all of it."""
