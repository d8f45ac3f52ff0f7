"""The values that all other rooms use: complaint, step, side, dose and action. None of them depends on a guide."""
