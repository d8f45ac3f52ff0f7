"""The pages for the client: handout and leaflet, as HTML and PDF."""
