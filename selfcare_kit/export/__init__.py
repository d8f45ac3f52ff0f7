"""Writing a routine as files, and reading it back.

What is written and read is a `Plan`, the part of a `Routine` with its rules; parameters called `routine` take one.
`kinds` lists what can be written and for whom, `read` what can be read; `handout/` has the pages for the client,
`record/` the files that are read back, `chart/` the files for the chart and the calendar. `intake` is the sheet that a
client fills in before a visit.
"""
