"""Scenes and sketches drawn with matplotlib: nothing else imports it. No pyplot, no global state."""
