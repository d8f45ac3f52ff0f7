"""Clients' tables, uploads, clinics' files and logos that were harmed: one sentence, and nothing else happens."""

import csv
import datetime
import io
import re
import shutil
import tempfile
from pathlib import Path

import openpyxl
import pytest
from examples import share_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutate import Mutator
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from PIL import Image
from test_routine_files import KINDS, THOROUGH, check_sound
from watch import CASES, check_sentence

import selfcare_kit as kit
from selfcare_kit.batches.client_request import COLUMNS
from selfcare_kit.clinics.logo import read_logo
from selfcare_kit.guide.scaffold.answers import answers_of, read_answers
from selfcare_kit.guide.scaffold.example import write_example_answers
from selfcare_kit.guide.scaffold.left import what_is_left
from selfcare_kit.guide.scaffold.rows import files_of
from selfcare_kit.planner.visit import complaint
from selfcare_kit.planner.visit.opening import open_file
from selfcare_kit.planner.visit.session import Session

NAME = "Testname Zöe"
TODAY = datetime.date.today().isoformat()
ROWS = (
    {"code": "C-1", "client": NAME, "areas": "hip_side;thigh_outer", "side": "left", "none_of_these": "yes", "asked_on": TODAY, "kinds": "csv"},
    {"code": "C-2", "client": NAME, "areas": "foot_top:right:numb+tingling:6", "yes": "C12", "where": "C12=heel", "asked_on": TODAY, "kinds": "csv+json"},
    {"code": "C-3", "template": "yes", "kinds": "csv", "title": "=1+1", "count": "5,0", "agreed_by": "AB"},
)  # fmt: skip


def table(rows, delimiter=","):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def workbook(rows, values=()):
    """A table of clients as a workbook; `values` are written over it, each as row, column and value."""
    book = openpyxl.Workbook()
    book.active.append(list(COLUMNS))
    for each in rows:
        book.active.append([each.get(column) for column in COLUMNS])
    for number, column, value, pattern in values:
        cell = book.active.cell(number, column, value)
        cell.number_format = pattern
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def check_batch(content, folder, reading, what, name="clients.csv"):
    """Run a batch in a folder of its own; whatever came of it is told in words, and lies in that folder only."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    found = reading(
        lambda: kit.batch(folder / name, folder / "out", kinds=["csv"]),
        what,
        folder=str(folder / "out"),
    )
    assert {path.name for path in folder.iterdir()} <= {name, "out"}, what
    if isinstance(found, BaseException):
        return 0
    for result in found:
        assert (result.result == "failed") == (not result.files), what
        assert "the kit failed on this row" not in result.reason, f"{what}: {result}"
        if result.reason:
            check_sentence(result.reason, what)
        assert result.code.isprintable(), what
    written = [path for path in (folder / "out").iterdir() if not path.name.startswith(".")]
    assert {path.name for path in written} == {name for result in found for name in result.files}, what
    assert all(path.parent == folder / "out" and path.is_file() and path.stat().st_size for path in written), what
    return found.counts["made"]


@pytest.fixture
def folder(tmp_path):
    """In memory where that can be had: a disk makes sure of each of many thousand files."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as name:
        yield Path(name, "batch")


def test_a_harmed_table_of_clients_fails_in_words_and_writes_into_its_folder_only(folder, reading):
    contents = [table(ROWS).encode("utf-8-sig"), table(ROWS, ";").encode("utf-16")]
    made = 0
    for seed in range(CASES):
        harm = Mutator(seed)
        content = harm.bytes(harm.chance.choice(contents), *contents)
        made += check_batch(content, folder, reading, f"seed {seed}")
    assert made > CASES / 3


@pytest.mark.slow
def test_a_harmed_workbook_of_clients_fails_in_words_and_writes_into_its_folder_only(folder, reading):
    content = workbook(ROWS)
    made = 0
    for seed in range(CASES):
        harm = Mutator(seed)
        harmed = harm.archive(content) if seed % 3 else harm.bytes(content)
        made += check_batch(harmed, folder, reading, f"workbook, seed {seed}", "clients.xlsx")
    assert made > CASES / 3


CELLS = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["", "yes", "no", "YES ", "left", "both", "midline", "hip_side", "groin;groin", "foot_top:left:numb:6", "foot_top::", ":::", "::::", "heel:both", "ache",
     "numb;weak", "C01", "R01", "C12=heel", "C12", "C12=", "=heel", TODAY, "2026-02-30", "0", "5", "1e3", "html", "csv+html", "pdf;png", "../x", "CON", "=1+1",
     "C-1", "c_1", "\x00", "\u202e", "٣", "en", "A4", "large", "no_figure"]
)  # fmt: skip


@settings(max_examples=max(CASES // 2, share_of(100)), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(st.dictionaries(st.sampled_from(sorted(COLUMNS)), CELLS, max_size=8), min_size=1, max_size=3),
    delimiter=st.sampled_from(",;\t"),
)
def test_clients_of_any_cells_fail_in_words(rows, delimiter, folder, reading):
    sound = [{**ROWS[number % 3], "code": f"C-{number}", **row, "kinds": "csv"} for number, row in enumerate(rows)]
    check_batch(table(sound, delimiter).encode("utf-8", errors="replace"), folder, reading, repr(rows)[:600])


VALUES = (
    st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
    | st.sampled_from([datetime.date.today(), 46349, 0, 104.0, "#N/A", "#NUM!", "=1/0", "'0042", "_x0000_"])
    | CELLS.filter(lambda cell: not ILLEGAL_CHARACTERS_RE.search(cell))
)
PATTERNS = st.sampled_from(
    [
        "General",
        "0000",
        '"C-"0000',
        "000-000",
        "##-000",
        "@",
        "0.00",
        "#,##0",
        "yyyy-mm-dd",
        "m/d/yy h:mm",
        "[h]:mm",
        '"x',
        ";;;",
        "0%",
    ]
)


@pytest.mark.slow
@settings(max_examples=max(CASES // 2, share_of(100)), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    values=st.lists(
        st.tuples(st.integers(2, 6), st.integers(1, len(COLUMNS) + 2), VALUES, PATTERNS), min_size=1, max_size=6
    )
)
def test_a_workbook_of_any_values_fails_in_words(values, folder, reading):
    rows = [{**row, "kinds": "csv"} for row in ROWS]
    content = workbook(rows, [each for each in values if each[1] != list(COLUMNS).index("kinds") + 1])
    check_batch(content, folder, reading, repr(values)[:600], "clients.xlsx")


@settings(max_examples=max(CASES // 4, 50), deadline=None, suppress_health_check=list(HealthCheck))
# What writes a PDF looks for the system's libraries by running programs.
@given(column=st.sampled_from(sorted(COLUMNS)), cell=CELLS.filter(lambda cell: "pdf" not in cell.casefold()))
def test_no_cell_makes_a_batch_tell_the_clients_name(column, cell, folder, reading):
    row = {**ROWS[0], column: cell, "client": NAME}
    check_batch(
        table([row, {**row, column: f"{cell} {NAME}", "client": NAME, "code": "C-9"}]).encode(),
        folder,
        reading,
        f"{column} {cell!r}",
    )
    summary = kit.batch(folder / "clients.csv", folder / "out")
    told = f"{summary} {summary.rows} {summary.to_frame().to_csv()}"
    told += "".join(
        path.name + path.read_bytes().decode("utf-8", "replace")
        for path in (folder / "out").iterdir()
        if path.suffix != ".html"
    )
    if column != "client":
        assert "testname" not in told.casefold(), f"{column} {cell!r}"


# The clinic's file, and its logo

CLINIC = Path(kit.__file__).resolve().parent / "cli" / "examples" / "clinic.toml"


def logos():
    made = []
    for kind in ("PNG", "JPEG"):
        out = io.BytesIO()
        Image.linear_gradient("L").resize((40, 30)).save(out, kind)
        made.append(out.getvalue())
    return made


def check_clinic_page(clinic, reading, what):
    """Settings that were read stand on a page, or name what the guide does not have; nothing in them runs."""
    routine = kit.Routine(title="Hip", screening=kit.screen()).add("gmed_2", side="left")
    page = reading(lambda: routine.to_html(clinic=clinic, variant="no_figure"), what)
    if isinstance(page, str):
        assert page.count("<script") == 1, what
        assert "javascript:" not in page, what
        assert "\x1b" not in page, what


def test_a_harmed_clinics_file_is_told_or_stands_on_a_page(tmp_path, reading):
    sound = CLINIC.read_bytes()
    path = tmp_path / "clinic.toml"
    for seed in range(CASES):
        path.write_bytes(Mutator(seed).bytes(sound, sound))
        clinic = reading(lambda: kit.read_clinic(path), f"seed {seed}")
        if isinstance(clinic, kit.Clinic):
            check_clinic_page(clinic, reading, f"seed {seed}")
    assert reading.read > 0
    assert reading.refused > CASES / 5


def test_a_harmed_clinics_file_is_changed_to_one_that_is_read_or_stays(tmp_path, reading):
    sound = CLINIC.read_bytes()
    path = tmp_path / "clinic.toml"
    for seed in range(CASES):
        harmed = Mutator(seed).bytes(sound, sound)
        path.write_bytes(harmed)
        saved = reading(
            lambda: kit.save_clinic({"phone": "555", "paper": "Letter", "videos": []}, path), f"seed {seed}", tmp_path
        )
        if saved == path:
            clinic = kit.read_clinic(path)
            assert (clinic.phone, clinic.paper, clinic.videos) == ("555", "Letter", ()), f"seed {seed}"
        else:
            assert path.read_bytes() == harmed, f"seed {seed}"
    assert reading.read > 0
    assert reading.refused > CASES / 5


def test_a_harmed_file_of_templates_is_told_or_gives_routines_and_stays_readable(tmp_path, reading):
    routine = kit.Routine().add("tfl_1", side="left").add("edb_1", side="left")
    path = tmp_path / "templates.toml"
    for name in ("Leg", "Hip"):
        kit.save_template(routine, name, folder=tmp_path)
    sound = path.read_bytes()
    for seed in range(CASES):
        harmed = Mutator(seed).bytes(sound, sound)
        path.write_bytes(harmed)
        listed = reading(lambda: kit.templates(folder=tmp_path), f"seed {seed}")
        for template in listed if isinstance(listed, tuple) else ():
            reading(lambda name=template.name: kit.template(name, "left", folder=tmp_path), f"seed {seed}")
        saved = reading(lambda: kit.save_template(routine, "One more", folder=tmp_path), f"seed {seed}", tmp_path)
        if isinstance(saved, kit.SelfcareError):
            assert path.read_bytes() == harmed, f"seed {seed}"
        else:
            assert saved in kit.templates(folder=tmp_path), f"seed {seed}"
    assert reading.read > 0
    assert reading.refused > CASES / 5


def test_a_harmed_logo_is_told_or_is_a_picture_and_nothing_more(tmp_path, reading):
    sound = logos()
    path = tmp_path / "logo.png"
    for seed in range(CASES):
        harm = Mutator(seed)
        path.write_bytes(harm.bytes(harm.chance.choice(sound), *sound))
        address = reading(lambda: read_logo(path), f"seed {seed}")
        if isinstance(address, str):
            assert re.fullmatch(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+", address), f"seed {seed}"
    assert reading.read > 0
    assert reading.refused > CASES / 5


@pytest.mark.parametrize("path", ["", "a\x00b", "x" * 5_000, "/dev/zero", "/dev/stdin", ".", "~"])
def test_a_path_that_is_no_clinics_file_is_told(path, reading):
    assert isinstance(reading(lambda: kit.read_clinic(path), path[:40]), kit.SelfcareError)
    assert isinstance(reading(lambda: read_logo(path), path[:40]), kit.SelfcareError)


# Answers for a new guide


def test_harmed_answers_for_a_guide_are_told_or_give_its_files(tmp_path, reading):
    sound = write_example_answers(tmp_path / "a.toml").read_bytes()
    path = tmp_path / "harmed.toml"
    for seed in range(CASES):
        path.write_bytes(Mutator(seed).bytes(sound, sound))
        found = reading(lambda: answers_of(read_answers(path)), f"seed {seed}")
        if not isinstance(found, BaseException):
            reading(lambda found=found: (files_of(found, datetime.date.today()), what_is_left(found)), f"seed {seed}")
    assert reading.read > 0
    assert reading.refused > CASES / 5


# The planner's upload


@pytest.fixture(scope="module")
def saved():
    made = kit.suggest(
        {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}, side="left", screening=kit.screen()
    )
    routine = kit.Routine.from_suggestions(made.top(3), title="Hip", code="C-104")
    contents = {kind: getattr(routine, f"to_{kind}")() for kind in KINDS}
    return {kind: content.encode() if isinstance(content, str) else content for kind, content in contents.items()}


def check_upload(content, name, reading, what):
    session = Session()
    session.do(complaint.choose_area, "groin")
    before = (session.now.routine, session.now.complaint)
    found = reading(lambda: session.begin(open_file, content, name), what)
    if isinstance(found, BaseException):
        assert (session.now.routine, session.now.complaint) == before, what
        return
    # Opened is not cleared: the questions are asked again, whatever the file says.
    assert session.now.routine.screening is None, what
    with pytest.raises(kit.ScreeningRequired):
        session.now.routine.require_clearance()
    check_sound(session.now.routine, what, is_thorough=False)
    reading(lambda: (session.offers, session.now.changes_since_last, session.undo(), session.redo()), what)


def test_a_harmed_upload_is_a_routine_without_answers_or_leaves_all_as_it_was(saved, reading):
    for seed in range(CASES):
        harm = Mutator(seed)
        kind = harm.chance.choice(KINDS)
        content = harm.archive(saved[kind]) if kind == "xlsx" and seed % 3 else harm.bytes(saved[kind], *saved.values())
        check_upload(content, f"r.{kind}", reading, f"r.{kind}, seed {seed}")
    assert reading.read > 0
    assert reading.refused > CASES / 5


@THOROUGH
@given(
    content=st.binary(max_size=400),
    name=st.text(max_size=20) | st.sampled_from(["r.csv", "r.json", "r.html", "r.xlsx", "../r.csv", "r.csv\x00"]),
)
def test_an_upload_of_anything_is_refused_in_words(content, name, reading):
    check_upload(content, name, reading, repr((content[:60], name)))
