"""`check_guide`: what the author of a guide should know, beyond the problems that keep it from being loaded."""
