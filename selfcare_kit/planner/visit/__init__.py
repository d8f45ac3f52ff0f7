"""What happens in a visit, without a widget."""
