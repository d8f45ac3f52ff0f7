"""The notebook app: thin views on `state.PlannerState`, put together in `planner.Planner`.

Only this package knows ipywidgets and anywidget; `state`, `words` and `launch` need neither.
"""
