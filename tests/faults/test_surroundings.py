"""Another country, clock, console or a computer with less on it: the same bytes, or one sentence."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import selfcare_kit as kit

pytestmark = pytest.mark.slow

PATHS = Path(__file__).with_name("paths.py")
# Comma decimals and letters of one byte each; a dotless i. `make fuzz` visits more places.
LOCALES = {"de_DE.ISO-8859-1": "ISO-8859-1", "tr_TR.UTF-8": "UTF-8"}
# Kiritimati is 25 hours ahead of Niue; the others have odd offsets, or no name.
ZONES = ["Pacific/Kiritimati", "Nowhere/Land"]
if "FUZZ_CASES" in os.environ:
    LOCALES |= {"de_DE.UTF-8": "UTF-8", "ar_EG.UTF-8": "UTF-8", "hi_IN.UTF-8": "UTF-8"}
    ZONES += ["Pacific/Niue", "Asia/Kathmandu", ":", "XYZ-24", "XYZ+24"]


def run(code_or_path, environment=None, **more):
    command = [sys.executable, *([str(code_or_path)] if isinstance(code_or_path, Path) else ["-c", code_or_path])]
    done = subprocess.run(
        command,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **more,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ways(**environment):
    return json.loads(run(PATHS, environment))


@pytest.fixture(scope="module")
def usual():
    return ways(LC_ALL="C.UTF-8")


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """A folder with the locales, made from the system's own sources; nothing is installed."""
    sources = Path("/usr/share/i18n/locales")
    if shutil.which("localedef") is None or not sources.is_dir():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("No sources of locales here: install them (apt-get install locales).")
    folder = tmp_path_factory.mktemp("locales")
    for name, charset in LOCALES.items():
        language = name.partition(".")[0]
        subprocess.run(
            ["localedef", "-i", language, "-f", charset, str(folder / name)], check=True, capture_output=True
        )
    return folder


@pytest.mark.parametrize("name", LOCALES)
def test_every_file_is_the_same_in_another_country(name, locales, usual):
    there = ways(LOCPATH=str(locales), LC_ALL=name, PYTHONUTF8="0")
    assert there["numbers"] == ("," if name.startswith(("de", "tr")) else ".")
    assert there["ways"] == usual["ways"]
    assert len(there["ways"]) > 20


def test_every_file_is_the_same_without_any_locale(usual):
    there = ways(LC_ALL="POSIX", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert there["ways"] == usual["ways"]


@pytest.mark.parametrize("zone", ZONES)
def test_every_file_is_of_the_day_where_it_is_made(zone, usual):
    there = ways(TZ=zone, LC_ALL="C.UTF-8")
    if there["day"] == usual["day"]:
        assert there["ways"] == usual["ways"]
    else:
        dated = {name for name, digest in there["ways"].items() if usual["ways"].get(name) != digest}
        assert {"html", "csv", "json", "ics", "fhir"} <= dated
        assert not {name for name in dated if name.startswith(("body", "locate", "words", "svg", "png"))}


def test_a_calendar_begins_on_the_same_day_as_the_handout_in_every_zone():
    code = """
import datetime, icalendar, selfcare_kit as kit
routine = kit.Routine(screening=kit.screen()).add("ql_s2", side="left")
event = icalendar.Calendar.from_ical(routine.to_ics()).walk("VEVENT")[0]
print(event["DTSTART"].dt == datetime.date.today() == routine.date, routine.date.isoformat() in routine.to_csv())
"""
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):
        assert run(code, {"TZ": zone}).split() == ["True", "True"]


def test_a_clock_that_went_back_asks_the_questions_again(tmp_path):
    code = f"""
import selfcare_kit as kit
path = {str(tmp_path / "r.csv")!r}
import os
if os.path.exists(path):
    try:
        kit.read_routine(path).to_html()
    except kit.ScreeningRequired as error:
        print(error)
else:
    kit.Routine(screening=kit.screen()).add("ql_s2", side="left").to_csv(path)
"""
    assert run(code, {"TZ": "XYZ-24"}) == ""
    assert "needs a screening of today" in run(code, {"TZ": "XYZ+24"})


# Consoles


@pytest.mark.parametrize("encoding", ["cp1252", "cp437"])
def test_a_console_of_few_letters_shows_the_others_escaped(encoding, tmp_path):
    (tmp_path / "c.csv").write_text("code,areas,side,kinds\nקוד-1,hip_side,left,csv\n", encoding="utf-8")
    for arguments in (["points"], ["batch", str(tmp_path / "c.csv"), "--out", str(tmp_path / "out")]):
        done = subprocess.run(
            [sys.executable, "-m", "selfcare_kit", *arguments],
            env={**os.environ, "PYTHONIOENCODING": encoding}, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert rb"\u05e7\u05d5\u05d3-1" in done.stdout
    assert [path.name[:13] for path in (tmp_path / "out").glob("[!.]*")] == ["routine_קוד-1"]


@pytest.mark.parametrize(
    "arguments",
    ["points", "areas", "search hip", "--help", "routine --area hip_side --side left", "leaflet --out - --no-clinic"],
)
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_output_that_nobody_reads_any_more_ends_quietly(arguments, reader):
    command = f"({sys.executable} -m selfcare_kit {arguments} 2>&3 | {reader}) 3>&1 >/dev/null"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    told = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith(("! ", "Hint: "))]
    assert told == []


@pytest.mark.parametrize(
    "arguments",
    [
        "points",
        "areas",
        "search hip",
        "--help",
        "points --help",
        "--version",
        "check",
        "clinic --out -",
        "figure --out -",
    ],
)
def test_output_that_nobody_reads_ends_with_the_status_of_other_programs(arguments, guide):
    folder = f" {guide.folder}" if arguments == "check" else ""
    # The reader is gone before anything is printed.
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "selfcare_kit", *f"{arguments}{folder}".split()]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def test_all_files_are_written_though_nobody_reads_what_is_told(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    command = [
        "routine",
        "--area",
        "hip_side",
        "--side",
        "left",
        "--none-of-these",
        "--no-clinic",
        "--html",
        "h.html",
        "--csv",
        "r.csv",
        "--ics",
        "d.ics",
    ]
    done = subprocess.run([sys.executable, "-m", "selfcare_kit", *command], cwd=tmp_path, stdout=writing, check=False)
    os.close(writing)
    assert done.returncode == 141
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.ics", "h.html", "r.csv"]


# The standard output, by any of its names

WRITERS = {
    "routine --area hip_side --side left --none-of-these --no-clinic --html": b"<!DOCTYPE html>",
    "routine --area hip_side --side left --none-of-these --no-clinic --ics": b"BEGIN:VCALENDAR",
    "routine --area hip_side --side left --no-clinic --xlsx": b"PK",
    "leaflet --no-clinic --out": b"<!DOCTYPE html>",
    "intake --no-clinic --out": b"<!DOCTYPE html>",
    "figure --out": b"<svg",
    "clinic --out": b"# ",
    "batch --example": b"code,",
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/proc/self/fd/1"])
def test_every_writer_of_the_shell_writes_to_the_standard_output_by_each_of_its_names(writer, name, tmp_path):
    if name != "-" and not os.path.lexists(name):
        pytest.skip(f"no {name} here")
    before = os.lstat("/dev/stdout").st_mode if os.path.lexists("/dev/stdout") else None
    command = [sys.executable, "-m", "selfcare_kit", *writer.split(), name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout[: len(WRITERS[writer])]) == (0, WRITERS[writer]), done.stderr
    assert b"Wrote" not in done.stdout
    assert list(tmp_path.iterdir()) == []
    assert before is None or os.lstat("/dev/stdout").st_mode == before


def test_two_kinds_of_file_do_not_mix_in_the_standard_output(tmp_path):
    command = [
        sys.executable,
        "-m",
        "selfcare_kit",
        "routine",
        "--area",
        "hip_side",
        "--side",
        "left",
        "--csv",
        "-",
        "--json",
        "/dev/stdout",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is named for two kinds of file" in done.stderr


# A computer with less on it

WITHOUT = """
import importlib.machinery, sys
names = {names}
real = importlib.machinery.PathFinder.find_spec
def find_spec(name, path=None, target=None):
    return None if name.partition(".")[0] in names else real(name, path, target)
importlib.machinery.PathFinder.find_spec = staticmethod(find_spec)
"""


def test_without_any_extra_everything_else_works_and_each_extra_is_one_sentence(tmp_path):
    code = (
        WITHOUT.format(names={"weasyprint", "pypdf", "voila"})
        + f"""
import json, selfcare_kit as kit
from selfcare_kit.export.kinds import KINDS
from click.testing import CliRunner
from selfcare_kit.cli import main
routine = kit.Routine(screening=kit.screen()).add("ql_s2", side="left")
told = {{}}
for name, kind in KINDS.items():
    try:
        told[name] = len(kind.to_bytes(routine)) > 100
    except kit.SelfcareError as error:
        told[name] = str(error)
assert kit.read_routine(routine.to_csv({str(tmp_path / "r.csv")!r})) == routine
kit.Planner()
app = CliRunner().invoke(main, ["app"])
told["app"] = [app.exit_code, app.output]
print(json.dumps(told))
"""
    )
    told = json.loads(run(code))
    assert told.pop("pdf").endswith('got none on this computer; install it with: pip install "selfcare-kit[pdf]".')
    status, output = told.pop("app")
    assert status == 1
    assert "pip install 'selfcare-kit[app]'" in output
    assert set(told.values()) == {True}


def test_without_the_notebook_programs_the_shell_makes_handouts(tmp_path):
    names = {
        "jupyterlab",
        "notebook",
        "ipywidgets",
        "anywidget",
        "IPython",
        "pandas",
        "matplotlib",
        "numpy",
        "icalendar",
    }
    code = (
        WITHOUT.format(names=names)
        + f"""
from selfcare_kit.cli import main
main(["routine", "--area", "hip_side", "--side", "left", "--none-of-these", "--html", {str(tmp_path / "h.html")!r}, "--csv", {str(tmp_path / "r.csv")!r}])
"""
    )
    run(code)
    assert len(kit.read_routine(tmp_path / "h.html")) == len(kit.read_routine(tmp_path / "r.csv")) == 5


def test_without_any_font_pictures_are_drawn_and_a_pdf_is_one_sentence(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><cachedir>{tmp_path / "cache"}</cachedir></fontconfig>'
    )
    code = """
import selfcare_kit as kit
routine = kit.Routine(screening=kit.screen()).add("ql_s2", side="left")
print(len(routine.figure().to_png()) > 10_000, len(kit.Body("back").to_pdf()) > 1_000)
for _ in range(2):
    try:
        routine.to_pdf()
    except kit.SelfcareError as error:
        print(error)
"""
    lines = run(code, {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "MPLBACKEND": "Agg"}, timeout=60).splitlines()
    sentence = "writing .pdf needs a font on this computer, got none; install one, such as Liberation Sans."
    assert lines == ["True True", sentence, sentence]


def test_a_home_that_may_not_be_written_and_no_home_at_all_hinder_nobody(tmp_path):
    code = "import selfcare_kit as kit; print(len(kit.Routine().add('ql_s2', side='left').figure().to_png()) > 10_000)"
    told = run(code, {"HOME": "/nonexistent", "MPLCONFIGDIR": str(tmp_path), "XDG_CACHE_HOME": "/nonexistent"})
    assert told == "True\n"
