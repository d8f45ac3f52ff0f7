"""The notebook app: widgets that show a visit and change it.

What a click does:

1. In the browser, `scripts/pane.js` sends the clicked element's `data-do` as an event through `scripts/channel.js`;
   `scripts/body_map.js` sends a click on the figure.
2. In the kernel, the `Channel` (a widget) receives it and calls `Planner._on_event` with the `Part` it belongs to.
3. The part's method `do_...` of that name handles it: `do_answer` in `sections`, or `do_toggle` in `body_map.py`.
4. It calls `Session.do` with a function of `visit/`, such as `answers.answer`, which returns a changed visit.
5. `Planner._refresh` then lets every part send its widget what to show now; messages stand in the line at the foot.

A `Part` pairs a widget with what it shows: a `Section` fills an HTML template into a `Pane`, `BodyMapPart` sends
numbers to a `BodyMapWidget`, `PagePart` the handout, and `FramePart` what the page keeps; all their widgets are
channels. Only this package imports ipywidgets and anywidget, and `visit/` neither.
"""
