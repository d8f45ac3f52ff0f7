"""Places told by landmarks: those of the body, and how far aside a place lies, in words."""
