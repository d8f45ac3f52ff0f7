"""What was written is what is read, whatever the words in it."""

import csv
import datetime
import io
import time
from dataclasses import replace

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from outcomes import outcomes

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, UnknownIdError
from selfcare_kit.export.record.csv import guard, unguard
from selfcare_kit.export.record.record import STEP_COLUMNS
from selfcare_kit.routine import routine_from_bytes

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
NASTY = st.sampled_from(
    [
        "=1+1",
        "'=1",
        "''",
        "-2",
        "+3",
        "@x",
        "\t=1",
        "\r\n",
        'a;b,c"d',
        "＝1",
        " =1",
        "\u202etxt",
        "</script>",
        "\ufeffx",
        "0042",
        "1-2",
        "2026-11-23",
        "1,5",
        "TRUE",
        "_x0041_",
        "_x005F_x000D_",
        "\x01\x0b\x1f\ufffe\uffff\x85",
        " lead and trail ",
        "a\rb",
    ]
)
WORDS = TEXT | NASTY
POINTS = sorted(set(kit.load_guide().point_values) - {"gas_3", "gas_4", "tp_1"})
SAFE_POINTS = [id for id in POINTS if not kit.load_guide().point(id).show_only]


WAYS = st.dictionaries(st.sampled_from(["R01", "C01", "C12"]), st.sampled_from(["aloud", "label", "sheet"]))


@st.composite
def routines(draw):
    routine = kit.Routine(
        title=draw(WORDS),
        code=draw(WORDS),
        date=draw(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1))),
        complaint=draw(st.none() | st.just(kit.suggest({"groin": {"side": "both", "pain": 3}}, side="left").complaint)),
        screening=draw(
            st.none()
            | WAYS.map(lambda how: kit.screen(yes=["R18", "C12"], where={"C12": ["groin"]}, agreed_by="Ø B", how=how))
        ),
        outcome=draw(outcomes()),
    )
    for point in draw(st.lists(st.sampled_from(SAFE_POINTS), min_size=1, max_size=5, unique=True)):
        try:
            routine = routine.add(
                point,
                side=draw(st.sampled_from(["left", "right", "both"])),
                seconds=draw(st.integers(1, 24)),
                pressure=draw(st.integers(1, 7)),
                mode=draw(st.sampled_from(["hold", "sweep", "scrape"])),
                note=draw(WORDS),
            )
        except BlockedError:
            continue
    return routine if len(routine) else routine.add("ql_s2", side="left", note=draw(WORDS))


@pytest.mark.parametrize("kind", ["csv", "json"])
@examples(150)
@given(routine=routines())
def test_a_written_routine_is_read_back_equal(kind, routine):
    text = getattr(routine, f"to_{kind}")()
    assert routine_from_bytes(text.encode("utf-8-sig"), f"r.{kind}") == routine


@examples(60)
@given(routine=routines())
@pytest.mark.slow
def test_a_workbook_is_read_back_equal(routine):
    assert routine_from_bytes(routine.to_xlsx(), "r.xlsx") == routine


@examples(40)
@given(routine=routines())
def test_a_handout_is_read_back_equal_but_for_what_was_said_about_the_time_since(routine):
    cleared = routine.adapted_to(kit.screen())
    again = routine_from_bytes(cleared.to_html(client="Test").encode(), "r.html")
    assert again == replace(cleared, outcome=cleared.outcome.for_client())
    assert again.outcome.activities == routine.outcome.activities


@pytest.mark.parametrize("kind", ["csv", "html", "json", "xlsx"])
def test_a_file_is_read_back_equal(kind, five_steps, tmp_path):
    path = getattr(five_steps, f"to_{kind}")(tmp_path / f"r.{kind}")
    assert path == tmp_path / f"r.{kind}"
    assert kit.read_routine(path) == five_steps


@given(text=WORDS)
def test_the_formula_guard_is_undone_exactly(text):
    assert unguard(guard(text)) == text
    assert unguard(guard(text, numbers=False)) == text


@pytest.mark.parametrize(
    "note", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\xa0=1", "＝1", "＠x"]
)
def test_no_cell_begins_like_a_formula(note):
    text = kit.Routine(title=note, code=note).add("ql_s2", side="left", note=note).to_csv()
    for row in list(csv.reader(io.StringIO(text, newline="")))[1:]:
        assert not any(cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell.lstrip() for cell in row)
        assert not any(cell[:1] in "\t\r\n" and cell for cell in row)


def test_the_csv_has_the_promised_columns_first(five_steps, tmp_path):
    path = five_steps.to_csv(tmp_path / "r.csv")
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + ",".join(STEP_COLUMNS).encode() + b",title,code,date,")
    assert STEP_COLUMNS == (
        "step", "point", "muscle", "side", "mode", "seconds", "pressure", "tool", "position",
        "every_days_min", "every_days_max", "note",
    )  # fmt: skip


def test_pandas_reads_the_csv_as_it_is(five_steps, tmp_path):
    import pandas as pd

    df = pd.read_csv(five_steps.to_csv(tmp_path / "r.csv"))
    assert list(df["point"]) == ["gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"]
    assert set(df["seconds"]) == {60}
    assert set(df["title"]) == {"Hip and outer leg"}


def test_writing_replaces_the_file_and_leaves_no_other(five_steps, tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("old")
    five_steps.to_csv(path)
    assert [each.name for each in tmp_path.iterdir()] == ["r.csv"]
    assert kit.read_routine(path) == five_steps


def test_a_failed_write_keeps_the_old_file(five_steps, tmp_path, monkeypatch):
    path = tmp_path / "r.csv"
    path.write_text("old")
    monkeypatch.setattr(
        "pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(OSError, match="No space"):
        five_steps.to_csv(path)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["r.csv"]


def test_a_missing_folder_is_said(five_steps, tmp_path):
    with pytest.raises(ValueError, match="path must lie in a folder that exists.*make .* first"):
        five_steps.to_csv(tmp_path / "nowhere" / "r.csv")


def edited(five_steps, old, new):
    return five_steps.to_csv().replace(old, new, 1).encode("utf-8-sig")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "r.csv", "r.csv must hold a header and one row a step"),
        (b"a,b\n1,2\n", "r.csv", "r.csv must have the columns point, side in its first row, got none called 'point'"),
        (b"\xff\xfe\x00", "r.csv", "r.csv must be UTF-16 text, got byte 0x00 at 2"),
        (b"p\x00o\x00\x00\xd8", "r.csv", "r.csv must be UTF-16 text, got byte 0x00 at 4"),
        (b"\xff\xfe\x00", "r.json", "r.json must be UTF-8 text, got byte 0xff at 0"),
        (b"{", "r.json", "r.json does not hold a whole routine"),
        (b"[1]", "r.json", "r.json must hold a routine with steps"),
        (b"[" * 100_000, "r.json", "r.json does not hold a whole routine"),
        (b"<p>hello</p>", "r.html", "r.html must be a handout with its routine inside"),
        (b"x", "r.docx", r"a routine is read from .html, .csv, .json, .xlsx, .pdf, got 'r.docx'"),
        (b'{"format":9,"steps":[]}', "r.json", "must be of format 3 or earlier, got 9; update selfcare-kit"),
        (b'{"format":1,"guide":"neck","steps":[]}', "r.json", "is of guide 'neck'"),
        (b'{"format":1,"guide":"hip_and_leg","steps":[{}]}', "r.json", "is not a whole routine"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_routine_gets_one_sentence(content, name, message):
    with pytest.raises(FileFormatError, match=message):
        routine_from_bytes(content, name)


def test_a_huge_file_is_refused():
    with pytest.raises(FileFormatError, match="must be at most 5 MB"):
        routine_from_bytes(b" " * 5_000_001, "r.json")


@pytest.mark.parametrize(
    ("start", "again", "name"),
    [
        (b"", b"<!--", "r.html"),
        (b"", b"<a ", "r.html"),
        (b"", b"<script ", "r.html"),
        (b'<script id="selfcare-routine">', b"</s", "r.html"),
        (b"point,side,", b"a,", "r.csv"),
        (b"point,side\n", b"gmed_2,left\n", "r.csv"),
        (b'point,side\n"', b"a", "r.csv"),
        (b"", b"[", "r.json"),
        (b'{"format":', b"9", "r.json"),
    ],
)
def test_a_file_made_to_keep_the_reader_busy_is_refused_soon(start, again, name):
    content = start + again * ((4_900_000 - len(start)) // len(again))
    begun = time.monotonic()
    with pytest.raises(FileFormatError):
        routine_from_bytes(content, name)
    assert time.monotonic() - begun < 3


EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=6) | st.sampled_from([b'"', b"null", b";", b"\n"])),
    min_size=1, max_size=5,
)  # fmt: skip


@pytest.fixture(scope="module")
def files():
    """One routine as every kind of file that is read."""
    made = kit.Routine(title="Hip", code="C-104", screening=kit.screen(yes=["C12"], where={"C12": ["foot_top"]}))
    made = made.add("gmed_2", side="left", note="x, y").add("piri_1", side="both")
    return {
        "csv": made.to_csv().encode(), "json": made.to_json().encode(), "html": made.to_html().encode(),
        "xlsx": made.to_xlsx(),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "json", "html", "xlsx"])
@examples(150)
@given(edits=EDITS)
def test_whatever_happened_to_a_file_it_is_a_routine_or_one_sentence(kind, edits, files):
    content = files[kind]
    for place, removed, added in edits:
        at = int(place * len(content))
        content = content[:at] + added + content[at + removed :]
    try:
        outcome = f"{type(routine_from_bytes(content, f'r.{kind}')).__name__}."
    except kit.SelfcareError as error:
        outcome = str(error)
    assert outcome.endswith(".")


def test_a_wrong_cell_is_named_by_row_and_column(five_steps):
    with pytest.raises(FileFormatError, match="row 2: column 'seconds' must be a whole number, got 'abc'"):
        routine_from_bytes(edited(five_steps, ",60,", ",abc,"), "r.csv")


def test_a_file_cannot_bring_in_an_overdose(five_steps):
    with pytest.raises((FileFormatError, DoseError), match="seconds must be a whole number from 1 to 120, got 600"):
        routine_from_bytes(edited(five_steps, ",60,", ",600,"), "r.csv")


def test_a_file_cannot_bring_in_a_show_only_or_unknown_point(five_steps):
    with pytest.raises(BlockedError, match="gas_3 .* may be shown but not pressed"):
        routine_from_bytes(edited(five_steps, "gmed_2", "gas_3"), "r.csv")
    with pytest.raises(UnknownIdError, match="got 'nose_1'"):
        routine_from_bytes(edited(five_steps, "gmed_2", "nose_1"), "r.csv")


def test_a_truncated_file_is_refused_at_any_length(five_steps):
    for kind, text in (("csv", five_steps.to_csv()), ("json", five_steps.to_json()), ("html", five_steps.to_html())):
        content = text.encode()
        whole = routine_from_bytes(content, f"r.{kind}")
        for length in range(0, len(content) - 1, max(1, len(content) // 120)):
            try:
                got = routine_from_bytes(content[:length], f"r.{kind}")
            except (FileFormatError, UnknownIdError, DoseError, BlockedError):
                continue
            assert kind != "json"
            assert got.steps == whole.steps[: len(got)]


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="a routine is read from a file, got"):
        kit.read_routine(tmp_path / "none.csv")


def test_rows_of_two_clients_are_refused(five_steps):
    other = kit.Routine(title="Other", code="C-105", screening=kit.screen()).add("sol_1", side="left").to_csv()
    mixed = five_steps.to_csv() + other.split("\r\n", 1)[1].replace("1,sol_1", "6,sol_1")
    with pytest.raises(
        FileFormatError, match="row 7: column 'title' must be the same on every row.*rows of one client"
    ):
        routine_from_bytes(mixed.encode(), "r.csv")


def test_sorted_rows_are_put_back_in_order_and_numbered_once(five_steps):
    head, *rows = five_steps.to_csv().strip().split("\r\n")
    turned = "\r\n".join([head, *reversed(rows)]) + "\r\n"
    assert routine_from_bytes(turned.encode(), "r.csv") == five_steps
    twice = "\r\n".join([head, rows[0], rows[0]]) + "\r\n"
    with pytest.raises(FileFormatError, match="column 'step' must number the rows from 1 to 2"):
        routine_from_bytes(twice.encode(), "r.csv")
