"""What Jupyter is given: how it is started, and what keeps clients out of saved notebooks."""
