"""From visit to visit: the visits of a client in order, what changed meanwhile, and its table and words."""
