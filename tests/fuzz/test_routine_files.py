"""Files of routines that were harmed: read as a sound routine, or refused in one sentence; nothing runs."""

import contextlib
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marks import slow_where
from mutate import Mutator
from pages import Page
from watch import CASES

import selfcare_kit as kit
from selfcare_kit.errors import MAX_TEXT
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS
from selfcare_kit.model.limits import HARD_MAX_PRESSURE, HARD_MAX_SECONDS
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.routine import routine_from_bytes

KINDS = ("csv", "json", "html", "xlsx")
THOROUGH = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def sound():
    """Two routines as every kind of file: a plain one, and one with everything in it."""
    plain = (
        kit.Routine(title="Hip", code="C-104", screening=kit.screen())
        .add("gmed_2", side="left")
        .add("ql_s2", side="left")
    )
    screening = kit.screen(
        yes=["C12", "R18"], where={"C12": ["foot_top"]}, agreed_by="AB", agreed={"R18": "pulses; AB"}
    )
    complaint = kit.suggest({"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}, side="left").complaint
    full = kit.Routine(title='A "B"; ü', code="0042", screening=screening, complaint=complaint)
    full = full.add("piri_1", side="both", note="=1+1,\nx").add("vl_4", side="right", mode="sweep", seconds=30)
    full = full.confirm_sides()
    files = {}
    for kind in KINDS:
        written = [
            getattr(each.adapted_to(kit.screen()) if kind == "html" else each, f"to_{kind}")() for each in (plain, full)
        ]
        files[kind] = [content.encode() if isinstance(content, str) else content for content in written]
    return files


def check_sound(routine, what, *, is_thorough):
    """What was read keeps every rule, can be written again, and its page runs nothing."""
    seconds = {}
    for step in routine.steps:
        point = routine.guide.point(step.point)
        assert not point.show_only, what
        assert step.pressure <= HARD_MAX_PRESSURE, what
        assert step.area == point.area, what
        for side in sides_touched(step.side):
            seconds[point.area, side] = seconds.get((point.area, side), 0) + step.seconds
        assert routine.verdict(step).status == "allowed", what
    assert all(total <= HARD_MAX_SECONDS for total in seconds.values()), what
    assert max(map(len, (routine.title, routine.code, *(step.note for step in routine.steps)))) <= MAX_TEXT, what
    if not routine.steps:
        return
    for kind in ("csv", "json"):
        written = getattr(routine, f"to_{kind}")()
        assert routine_from_bytes(written.encode("utf-8-sig"), f"r.{kind}") == routine, what
    if is_thorough:
        check_inert(routine.adapted_to(kit.screen()), what)


def check_inert(routine, what):
    with contextlib.suppress(kit.SelfcareError):
        page = Page(routine.to_html())
        scripts = page.all("script")
        assert [script.get("type") for script in scripts] == ["application/json"], what
        for tag, attributes in page.elements:
            assert tag not in ("iframe", "object", "embed", "form", "base"), what
            assert not [name for name in attributes if name.startswith("on")], what
            for name in ("href", "src", "xlink:href", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get(name, ""), re.IGNORECASE), what


@pytest.mark.parametrize("kind", slow_where(KINDS, ["xlsx"]))
def test_a_harmed_file_is_a_sound_routine_or_one_sentence(kind, sound, reading):
    for seed in range(CASES):
        harm = Mutator(seed)
        content = harm.chance.choice(sound[kind])
        is_packed_anew = kind == "xlsx" and seed % 4
        content = harm.archive(content) if is_packed_anew else harm.bytes(content, *sound[kind])
        name = f"r.{kind}" if seed % 10 else f"r.{harm.chance.choice(KINDS)}"
        what = f"{name}, seed {seed}"
        found = reading(lambda content=content, name=name: routine_from_bytes(content, name), what)
        if isinstance(found, kit.Routine):
            check_sound(found, what, is_thorough=seed % 10 == 0)
    assert reading.refused > CASES / 5
    assert reading.read > 0


def test_noise_is_refused_whatever_it_is_called(reading):
    starts = (
        b"",
        b"PK\x03\x04",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"{",
        b"<!doctype html>",
        b"step,point,side\n",
        b"\xd0\xcf\x11\xe0",
    )
    for seed in range(CASES):
        chance = Mutator(seed).chance
        content = chance.choice(starts) + chance.randbytes(chance.choice((0, 1, 10, 1_000, 50_000)))
        name = f"r.{chance.choice(KINDS)}"
        reading(lambda content=content, name=name: routine_from_bytes(content, name), f"{name}, seed {seed}")
    assert reading.read == 0


# Values of a wrong kind in a file of the right form

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["left", "both", "gmed_2", "hold", "2026-11-23", "C12", "all", 10**400, -1, 120, "\x00", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*STEP_COLUMNS, *ROUTINE_COLUMNS, "steps", "yes", "where"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


def places(value, path=()):
    """Paths to every value in nested values."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


@THOROUGH
@given(data=st.data())
def test_a_value_of_a_wrong_kind_anywhere_is_one_sentence(data, sound, reading):
    record = json.loads(data.draw(st.sampled_from(sound["json"])))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(record))))
        record = replaced(record, path, data.draw(JSON))
    content = json.dumps(record).encode()
    found = reading(lambda: routine_from_bytes(content, "r.json"), content[:500])
    if isinstance(found, kit.Routine):
        check_sound(found, content[:500], is_thorough=False)


CELLS = st.text(max_size=30) | st.sampled_from(
    ["", "left", "LEFT ", "both", "gmed_2", "GMED-2", "60", "60,0", "1e3", "-1", "=1+1", "'=1", "2026-11-23", "03/04/2026", "{", "[]", "null", "C12", "\x00", "\u202e"]
)  # fmt: skip


@THOROUGH
@given(
    columns=st.lists(st.sampled_from([*STEP_COLUMNS, *ROUTINE_COLUMNS, "mine", ""]), min_size=1, max_size=20),
    rows=st.lists(st.lists(CELLS, max_size=20), max_size=6),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_table_of_any_cells_is_a_sound_routine_or_one_sentence(columns, rows, delimiter, encoding, reading):
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["point", "side", *columns], *(["gmed_2", "left", *row] for row in rows)])
    content = out.getvalue().encode(encoding, errors="replace")
    found = reading(lambda: routine_from_bytes(content, "r.csv"), content[:500])
    if isinstance(found, kit.Routine):
        check_sound(found, content[:500], is_thorough=False)


@pytest.mark.parametrize("depth", [100, 500, 900, 5_000, 100_000])
@pytest.mark.parametrize("place", ["title", "seconds", "format", "guide", "screening", "complaint", "date", "steps"])
def test_deep_nesting_anywhere_is_one_sentence(depth, place, sound, reading):
    text = sound["json"][1].decode()
    deep = "[" * depth + "]" * depth
    if place in ("seconds",):
        text = re.sub(r'"seconds":\d+', f'"seconds":{deep}', text, count=1)
    else:
        value = json.dumps(json.loads(text)[place], ensure_ascii=False, separators=(",", ":"))
        text = text.replace(f'"{place}":{value}', f'"{place}":{deep}', 1)
    assert deep in text
    found = reading(lambda: routine_from_bytes(text.encode(), "r.json"), f"{place} {depth}")
    assert isinstance(found, kit.SelfcareError)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "r.csv/../../x", "\x1b[2J.csv", "r\u202evsc.json", "a" * 5_000 + ".csv", ".csv", "r.CSV\n", "NUL", "", "r.csv\x00.html"],
)  # fmt: skip
def test_a_name_that_plays_tricks_is_a_name_only(name, reading):
    found = reading(lambda: routine_from_bytes(b"nothing", name), repr(name[:40]))
    assert isinstance(found, kit.SelfcareError)
