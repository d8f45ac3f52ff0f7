"""The notebook app: thin views on a `visit.session.Session`, put together in `planner.Planner`.

Only this package knows ipywidgets and anywidget; the rules in `visit` need neither.
"""
