"""The values that everything speaks in: a complaint, a step, a side, a dose. They know no guide."""
