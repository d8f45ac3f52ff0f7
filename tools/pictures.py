"""Make the pictures of the README and of docs/gallery.md: `python -m tools.pictures`.

The gallery's pictures are taken from the notebooks, so run `make notebooks` first. The planner is a screenshot by
Chromium; the handout is printed by Chromium and turned into pixels by pdftoppm.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from PIL import Image, ImageOps

import selfcare_kit as kit

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
FOLDER = ROOT / "docs" / "pictures"
WIDTH = 900
MAX_BYTES = 250_000  # bytes: a README must open quickly
BORDER = "#9a9a9a"
TOKEN = "pictures"
# What docs/clinicians.md explains by number: where each part of the planner is.
PARTS = (
    ".selfcare-search input", "[data-choose-file][data-shortcut=o]", "[data-key=clinic]",
    "[data-section=where]", ".selfcare-chosen li b", "[data-section=safety]", "[data-section=suggestions]",
    "[data-section=steps]", "[data-private=client]", "[data-do=print]",
)  # fmt: skip
# Writes a number over the upper right corner of an element.
NUMBER = """(element, [number, style]) => {
  const box = element.getBoundingClientRect(), badge = document.createElement("div");
  badge.textContent = number;
  badge.style.cssText = style;
  badge.style.left = `${Math.min(box.right - 8, innerWidth - 30)}px`;
  badge.style.top = `${Math.max(box.top - 17, 2)}px`;
  document.body.append(badge);
}"""
BADGE = (
    "position:fixed;z-index:9999;width:24px;height:24px;border-radius:12px;background:#7a1fa2;color:#fff;"
    "font:bold 14px/24px sans-serif;text-align:center;box-shadow:0 0 0 2px #fff"
)
# By notebook and by name of the picture: the cell, and the number of the picture in it.
GALLERY = {
    "02_see_the_points": {
        "views": ("views", 0),
        "areas": ("regions", 0),
        "muscles": ("muscles-drawn", 0),
        "referrals": ("referrals-drawn", 0),
        "marks": ("marks", 0),
        "shading": ("shades", 1),
        "styles": ("styles", 0),
        "template": ("plates", 1),
    },
    "03_follow_a_client": {
        "course": ("figure", 0),
        "course_for_client": ("client", 0),
        "clinic": ("clinic-figure", 0),
    },
}
# Of the sheet of position pictures: point, position, tool.
STEPS = (
    ("tfl_1", "wall_standing", "massage_ball"), ("gmed_2", "wall_standing", "massage_ball"),
    ("gmax_1", "wall_standing", "massage_ball"), ("ql_s2", "wall_standing", "massage_ball"),
    ("piri_1", "floor_lying", "massage_ball"), ("gmin_a", "floor_lying", "massage_ball"),
    ("gas_2", "lying_on_back", "opposite_knee"), ("fhl_1", "lying_on_back", "knobbed_tool"),
    ("gmax_2", "chair_sitting", "massage_ball"), ("bf_1", "wall_standing", "massage_ball"),
    ("fdb_1", "chair_sitting", "small_firm_ball"), ("abdm_1", "standing_foot", "small_firm_ball"),
    ("fibl_1", "chair_sitting", "scraping_tool"), ("ta_1", "chair_sitting", "knobbed_tool"),
    ("abh_1", "chair_sitting", "supported_fingers"), ("gas_1", "chair_sitting", "supported_fingers"),
)  # fmt: skip
# The README's shell example, for C-104.
EXAMPLE = (
    "routine", "--area", "buttock_center", "--area", "thigh_outer", "--side", "left", "--sensation", "ache",
    "--none-of-these", "--code", "C-104", "--client", "C-104",
)  # fmt: skip


def save(picture: Image.Image, name: str) -> Path:
    """Write a picture to docs/pictures with as many colours as its size allows, and return its path."""
    path = FOLDER / f"{name}.png"
    for colours in (256, 128, 64, 32):
        few = picture.convert("RGB").quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=0)
        few.save(path, optimize=True)
        if path.stat().st_size <= MAX_BYTES:
            return path
    raise SystemExit(f"{path.name} must be at most {MAX_BYTES} bytes, got {path.stat().st_size}; make it smaller.")


def at_width(picture: Image.Image, width: int = WIDTH) -> Image.Image:
    """Return a picture scaled to a width in pixels."""
    high = round(picture.height * width / picture.width)
    return picture.convert("RGB").resize((width, high), Image.Resampling.LANCZOS)


def gallery() -> list[Path]:
    """Extract the gallery's pictures from the notebooks."""
    made = []
    for notebook, pictures in GALLERY.items():
        cells = {cell.id: cell for cell in nbformat.read(NOTEBOOKS / f"{notebook}.ipynb", as_version=4).cells}
        for name, (cell, number) in pictures.items():
            found = [each.data["image/png"] for each in cells[cell].outputs if "image/png" in each.get("data", {})]
            made.append(save(Image.open(io.BytesIO(base64.b64decode(found[number]))), name))
    return made


def plate() -> Path:
    """Draw the guide's first five points."""
    five = kit.template("hip_and_leg")
    for step in five.steps[5:]:
        five = five.remove(step.point)
    return save(at_width(Image.open(io.BytesIO(five.figure().to_png(dpi=288)))), "plate")


def positions() -> Path:
    """Draw a sheet of position pictures."""
    cell, columns = 300, 4
    rows = -(-len(STEPS) // columns)
    sheet = Image.new("RGB", (columns * cell, rows * cell), "white")
    for number, (point, position, tool) in enumerate(STEPS):
        drawn = kit.PositionPicture(point, side="left", position=position, tool=tool)
        picture = Image.open(io.BytesIO(drawn.to_png(dpi=144)))
        picture.thumbnail((cell - 24, cell - 24), Image.Resampling.LANCZOS)
        left, top = number % columns * cell, number // columns * cell
        sheet.paste(picture, (left + (cell - picture.width) // 2, top + cell - 12 - picture.height))
    return save(sheet, "positions")


def chromium() -> str:
    """Return the path of Chromium, or exit when Chromium or pdftoppm is not installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or shutil.which("pdftoppm") is None:
        raise SystemExit("chromium and pdftoppm must be installed (apt-get install chromium poppler-utils).")
    return path


def handout() -> Path:
    """Print the README's example on A4, and save its page as a picture."""
    with TemporaryDirectory() as folder:
        page, sheet = Path(folder) / "handout.html", Path(folder) / "handout.pdf"
        command = [sys.executable, "-c", "from selfcare_kit.cli import main; main()", *EXAMPLE, "--html", str(page)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with browser() as opened:
            opened_page = opened.new_page()
            opened_page.goto(page.as_uri())
            opened_page.pdf(path=sheet, prefer_css_page_size=True, print_background=True)
        command = ["pdftoppm", "-png", "-r", "220", "-f", "1", "-singlefile", str(sheet), str(sheet.with_suffix(""))]
        subprocess.run(command, check=True)
        picture = at_width(Image.open(sheet.with_suffix(".png")), WIDTH - 2)
    return save(ImageOps.expand(picture, 1, BORDER), "handout")


@contextlib.contextmanager
def browser() -> Iterator:
    """Open Chromium."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield opened
        opened.close()


@contextlib.contextmanager
def app() -> Iterator[str]:
    """Serve the planner as a page, and yield its address."""
    from selfcare_kit.jupyter.launch import app_command, jupyter_environment, planner_notebook

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*app_command(planner_notebook(), port), "--no-browser"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, env=jupyter_environment(), stdout=quiet, stderr=quiet)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/static/voila.js", timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def planner() -> list[Path]:
    """Go through a visit, and save screenshots of the safety questions and of the finished routine."""
    with app() as address, browser() as opened:
        page = opened.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        planner = page.locator(".selfcare-planner")
        search = planner.locator("[data-key=find]")
        search.wait_for(timeout=60_000)
        for number, sentence in enumerate(("foot top l numb", "hip side l ache 6")):
            search.fill(sentence)
            planner.locator("[role=option]").first.click()
            planner.locator(".selfcare-chosen li").nth(number).wait_for()
            page.wait_for_timeout(500)
        made = [save(Image.open(io.BytesIO(page.screenshot())), "planner_safety")]
        for group in ("aloud", "related", "others"):
            planner.locator(f"[data-key=confirm-{group}]").click()
        planner.get_by_role("button", name="Add the best five", exact=True).click()
        planner.locator(".selfcare-step .selfcare-fold").first.click()
        planner.locator(".selfcare-picture svg").wait_for()
        page.mouse.move(640, 790)
        page.wait_for_timeout(500)
        made.append(save(Image.open(io.BytesIO(page.screenshot())), "planner"))
        for number, selector in enumerate(PARTS, start=1):
            planner.locator(selector).first.evaluate(NUMBER, [number, BADGE])
        return [*made, save(Image.open(io.BytesIO(page.screenshot())), "planner_parts")]


def main() -> None:
    """Make the pictures named on the command line, or all."""
    makers = {"gallery": gallery, "plate": plate, "positions": positions, "handout": handout, "planner": planner}
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Make the pictures of the docs.")
    parser.add_argument(
        "names", nargs="*", choices=[[], *makers], metavar="NAME", help=f"{', '.join(makers)}; all when left out."
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in parser.parse_args().names or makers:
        made = makers[name]()
        for path in made if isinstance(made, list) else [made]:
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
