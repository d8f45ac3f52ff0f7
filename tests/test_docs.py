"""The pages: what they link to and name is there, and the examples for contributors run as they stand."""

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.export.kinds import KINDS

ROOT = Path(kit.__file__).resolve().parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "data" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
FOLDERS = ("benchmarks", "data", "docs", "notebooks", "selfcare_kit", "tests", "tools")
# Written by a command of the page that names it, and not kept.
MADE = {"benchmarks/results.json"}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[^`\s]*)`")
# What stands for any name: `<guide>`, `POINT`.
ANY_NAME = re.compile(r"<[^>]*>|\b[A-Z]{2,}\b(?=[/.]|$)(?!\.md)")

CONTRIBUTING = ROOT / "docs" / "contributing"
MAX_LINES = 100
# Without the picture, whose mesh has to be downloaded: tests/tools builds pictures.
EXAMPLES = ["add-a-point", "add-a-safety-rule", "add-a-format", "add-a-language"]
# What the tests have or do themselves, and how a copy of the repository is made without git.
DONE_ELSEWHERE = re.compile(r"^(make|\. \.venv|ruff|python -m pytest).*\n", re.MULTILINE)
CLONE = re.compile(r"^git clone -q \. (\S+)$", re.MULTILINE)


def name_of(page):
    return page.relative_to(ROOT).as_posix()


def blocks(page, language=""):
    """The blocks of a page in a language, without their indent; commands stand in blocks of none."""
    found, inside, lines = [], None, []
    for line in page.read_text(encoding="utf-8").splitlines(keepends=True):
        fence = re.match(r" *```(\w*)$", line)
        if fence and inside is None:
            inside, lines = fence[1], []
        elif fence:
            found += [textwrap.dedent("".join(lines))] if inside == language else []
            inside = None
        elif inside is not None:
            lines.append(line)
    return found


def prose(page):
    """A page without its blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page):
    """The headings of a page as links name them."""
    titles = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def links(page):
    return [link for link in LINK.findall(prose(page)) if not re.match(r"[a-z]+:", link)]


def paths(page):
    """The paths of this repository that a page names, with a star for any name."""
    return [ANY_NAME.sub("*", path.partition("::")[0]) for path in PATH.findall(prose(page))]


def is_there(pattern):
    return pattern in MADE or any(ROOT.glob(pattern.rstrip("/")))


def missing(page):
    """The links and paths of a page that lead nowhere."""
    gone = []
    for link in links(page):
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            gone.append(link)
    return gone + [path for path in paths(page) if not is_there(path)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_links_to_and_names_is_there(page):
    assert missing(page) == []


def test_pages_are_looked_through_for_links_and_paths():
    assert sum(len(links(page)) for page in PAGES) > 40
    assert sum(len(paths(page)) for page in PAGES) > 60


def test_a_link_a_heading_and_a_path_that_are_gone_are_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n[here](#a-page) [gone](gone.md) [no heading](#b-page) [out](https://example.org)\n"
        "`data/body/positions/POINT.json` `data/<guide>/text/` `tests/guide/test_guide.py::test_x` `data/gone.csv`\n"
        "```\n[code](code.md) `docs/code.md`\n```\n",
        encoding="utf-8",
    )
    assert missing(page) == ["gone.md", "#b-page", "data/gone.csv"]


def ragged(page):
    """The rows of tables that have another number of cells than the row above them."""
    lines = prose(page).splitlines()
    cells = [len(re.findall(r"(?<!\\)\|", line)) - 1 if line.startswith("|") else 0 for line in lines]
    return [line for line, above, here in zip(lines[1:], cells, cells[1:], strict=False) if 0 < above != here > 0]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_row_of_a_table_fills_its_columns(page):
    assert ragged(page) == []


def test_a_row_with_too_few_cells_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("| a | b |\n|---|---|\n| `x\\|y` | 1 |\n| 2 |\n", encoding="utf-8")
    assert ragged(page) == ["| 2 |"]


def test_every_kind_of_file_is_described():
    text = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    first = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    assert [name for name in KINDS if not any(f"`{name}`" in cell for cell in first)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["python", "safety"])
def test_the_python_of_a_page_runs_from_top_to_bottom(name, tmp_path):
    code = "".join(blocks(ROOT / "docs" / f"{name}.md", "python"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == "".join(blocks(ROOT / "docs" / f"{name}.md", "text")).splitlines()


# Pages for contributors


def test_every_page_for_contributors_is_listed_and_short_enough_to_be_followed():
    pages = sorted(page.name for page in CONTRIBUTING.glob("add-*.md"))
    assert sorted(link for link in links(CONTRIBUTING / "README.md") if "/" not in link) == pages
    assert {f"{name}.md" for name in EXAMPLES} == set(pages) - {"add-a-position-picture.md"}
    lines = {page.name: len(page.read_text(encoding="utf-8").splitlines()) for page in CONTRIBUTING.glob("*.md")}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_what_the_commands_for_contributors_make_and_test_is_there():
    commands = "\n".join(page.read_text(encoding="utf-8") for page in CONTRIBUTING.glob("*.md"))
    targets = set(re.findall(r"(?:^|`)make ([\w./-]+)", commands, flags=re.MULTILINE))
    rules = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    assert {".venv/.ready-dev", ".venv/.ready-figure", "notebooks", "test"} <= targets
    assert [target for target in targets if not re.search(rf"^{re.escape(target)}:", rules, flags=re.MULTILINE)] == []
    tests = {path for line in re.findall(r"python -m pytest -q ([^`\n]+)", commands) for path in line.split()}
    assert len(tests) > 8
    assert [path for path in tests if not (ROOT / path).exists()] == []


def without_numbers(text):
    """Rows and notes are counted from what the guide holds today."""
    return re.sub(r"\d+", "#", text)


def is_said(line, output):
    """Whether a line is one of an output, or how one begins where it ends in an ellipsis."""
    start = line.removesuffix("…")
    return any(
        each.strip() == line.strip() or (start != line and each.startswith(start)) for each in output.splitlines()
    )


def test_a_line_of_an_example_is_whole_or_ends_in_an_ellipsis():
    assert is_said("Wrote a; and b.", "  Wrote a; and b.\n")
    assert is_said("Wrote a…", "Wrote a; and b.\n")
    assert not is_said("Wrote a", "Wrote a; and b.\n")
    assert not is_said("Wrote c…", "Wrote a; and b.\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_of_a_page_runs_and_says_what_the_page_says(name, tmp_path):
    pages = [CONTRIBUTING / "README.md", CONTRIBUTING / f"{name}.md"]
    script = "".join(DONE_ELSEWHERE.sub("", block) for page in pages for block in blocks(page))
    script = CLONE.sub(r"mkdir \1; cp -r data selfcare_kit \1", script).replace("/tmp/", f"{tmp_path}/")
    for command, call in {"python": "", "selfcare-kit": " -P -m selfcare_kit"}.items():
        program = tmp_path / "bin" / command
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}"{call} "$@"\n', encoding="utf-8")
        program.chmod(0o755)
    places = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", script], cwd=ROOT, env={**os.environ, **places}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    said = without_numbers(done.stdout.replace(f"{tmp_path}/", "/tmp/"))
    told = [line for page in pages for block in blocks(page, "text") for line in block.splitlines()]
    told = [line for line in told if not line.startswith("FAILED ")]
    assert len(told) > 2
    assert [line for line in told if not is_said(without_numbers(line), said)] == [], done.stdout
    assert "Traceback" not in said
