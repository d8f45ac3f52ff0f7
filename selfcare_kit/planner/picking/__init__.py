"""Picking a place on the body by click or key: `picking` are plain values, `place_picker` shows and changes them."""
