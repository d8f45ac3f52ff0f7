"""The renderers: SVG as text, PNG and PDF by matplotlib."""
