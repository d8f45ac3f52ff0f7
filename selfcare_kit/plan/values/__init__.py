"""What the values of a step may be now: one value changed, all that it may be, and many steps changed at once."""
