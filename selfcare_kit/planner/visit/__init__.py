"""The planner without its widgets: functions from a visit to a visit, and what follows from one."""
