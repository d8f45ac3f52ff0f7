"""From a complaint to the points that fit it: how they are ranked, how well that is known, and how one is looked up."""
