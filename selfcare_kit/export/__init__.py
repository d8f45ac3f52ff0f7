"""Every way out of a routine, and back in."""
