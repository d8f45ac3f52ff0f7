"""The review pack: what a clinician reads and ticks, and the way of the answers back into the guide."""
