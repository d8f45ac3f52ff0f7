"""What an author of a guide is told beyond what keeps it from being loaded."""
