"""From a complaint to the points that can cause it: how they rank, how well that is known, and what no point covers."""
