"""The values that all other rooms use: complaint, step, side, dose, outcome and action; none depends on a guide."""
