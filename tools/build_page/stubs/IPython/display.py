"""What shows values below a cell, where there is no cell."""


def display(*values, **options):
    """Show nothing."""


def clear_output(wait=False):
    """Clear nothing."""
