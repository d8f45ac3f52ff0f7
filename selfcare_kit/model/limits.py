"""The hard limits of a dose; a guide may be stricter, never laxer."""

from __future__ import annotations

HARD_MAX_SECONDS = 120
HARD_MAX_PRESSURE = 7
MAX_REST_DAYS = 14
