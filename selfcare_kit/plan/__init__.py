"""The rules of a routine: which points a complaint suggests, their steps and doses, templates, and the search."""
