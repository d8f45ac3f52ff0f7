"""Lets the tests of safety share `oracle` and `mutants`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
