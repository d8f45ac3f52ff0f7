"""The sections of the planner: each fills a template with what it shows, and handles the events of its page."""
