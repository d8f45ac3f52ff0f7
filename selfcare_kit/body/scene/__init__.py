"""What is drawn, decided before anything draws it."""
