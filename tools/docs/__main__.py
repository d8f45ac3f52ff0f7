"""Build the site: `python -m tools.docs --out build/site`."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sphinx.cmd.build import build_main

from tools.docs.check import faults
from tools.docs.finish import finish
from tools.docs.stage import ROOT, stage
from tools.docs.to_try import EXTRA, write_to_try

HERE = Path(__file__).resolve().parent


def build(out: Path) -> list[str]:
    """Build the site into a folder, which is replaced, and return what is wrong with it."""
    with TemporaryDirectory() as folder:
        source, made, extra, site = (Path(folder) / name for name in ("source", "made", "extra", "site"))
        has_planner = write_to_try(extra, ROOT)
        stage(source, has_planner=has_planner)
        # Warnings are errors, and all of them are told.
        if not run_sphinx(source, site, made):
            return ["Sphinx has warnings; they stand above."]
        unchanged = finish(site)
        shutil.move(extra, site / EXTRA)
        shutil.rmtree(out, ignore_errors=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(site, out)
    return [*unchanged, *faults(out, apart=EXTRA)]


def run_sphinx(source: Path, site: Path, made: Path) -> bool:
    """Write the pages of a folder as HTML, and return whether there was no warning; all are told."""
    options = ["-b", "html", "-q", "-W", "--keep-going", "-j", "2", "-c", str(HERE), "-d", str(made)]
    return build_main([*options, str(source), str(site)]) == 0


def main() -> None:
    """Build the site into the folder named on the command line, and exit with an error when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description="Build the documentation as a site.")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site", help="build/site when left out.")
    out = parser.parse_args().out
    found = build(out)
    if found:
        sys.exit("\n".join(found))
    print(f"Wrote {out / 'index.html'}")


if __name__ == "__main__":
    main()
