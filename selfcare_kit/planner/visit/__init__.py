"""The planner without widgets: a frozen `Visit`, functions that return a changed one, and what follows from it.

`answers`, `complaint`, `steps` and `opening` change a visit; `session` keeps the current one and the ones to undo to;
`derive` works out suggestions, steps and refusals; `outdated` drops what a change made void; `words` writes sentences.
"""
