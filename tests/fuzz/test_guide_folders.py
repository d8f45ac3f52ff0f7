"""Guide folders that were harmed: every problem is told, and a folder without problems can be used."""

import contextlib
import csv
import io
import os
import re
import shutil
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutate import Mutator
from test_routine_files import check_inert
from watch import CASES, check_sentence

import selfcare_kit as kit
from selfcare_kit.check.check import check_guide
from selfcare_kit.errors import BlockedError, DoseError, UnknownIdError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.schema import tables

POINTS = ("gmed_2", "piri_1", "edb_1", "gas_3")
# So many of the cases are used from end to end where the check finds nothing.
USED = 20


@pytest.fixture(scope="module")
def small(guide, tmp_path_factory):
    """The built-in guide with four points and one other language only, so that ten thousand checks take minutes."""
    folder = tmp_path_factory.mktemp("guide") / "small"
    shutil.copytree(guide.folder, folder)
    for name, column in {
        "points": "id",
        "referrals": "point",
        "zones": "point",
        "point_acupoints": "point",
        "places": "id",
    }.items():
        path = folder / f"{name}.csv"
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        at = rows[0].index(column)
        known = (
            {row[rows[0].index("acupoint")] for row in rows[1:] if row[at] in POINTS}
            if name == "point_acupoints"
            else set()
        )
        out = io.StringIO(newline="")
        csv.writer(out).writerows([rows[0], *(row for row in rows[1:] if row[at] in POINTS or row[at] in known)])
        path.write_text(out.getvalue(), encoding="utf-8")
    drop_rows_of_other_points(folder / "limits.csv", {"points": set(POINTS)})
    drop_rows_of_other_points(folder / "search_words.csv", {"points": set(POINTS), "acupoints": set()})
    settings_file = folder / "guide.toml"
    text = settings_file.read_text(encoding="utf-8")
    text = re.sub(
        r"(?s)\[\[template\.steps\]\]\npoint = \"(\w+)\".*?(?=\n\n|\Z)", lambda m: m[0] if m[1] in POINTS else "", text
    )
    text = re.sub(r'^"[\w.]+" = "(\w+)"\n', lambda m: m[0] if m[1] in POINTS else "", text, flags=re.MULTILINE)
    text = re.sub(r"^(first|then) = \[.*\]$", r'\1 = ["gmed_2", "piri_1"]', text, flags=re.MULTILINE)
    settings_file.write_text(text, encoding="utf-8")
    for name in ("acupoints.csv", "point_acupoints.csv", "text/es.csv", "text/fr.csv"):
        (folder / name).unlink()
    assert [problem for problem in check_guide(folder) if not problem.is_note] == []
    # What is loaded late is loaded now: the first case is to take no longer than the others.
    use(folder)
    return folder


def drop_rows_of_other_points(path, known):
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    cells = [(rows[0].index(column), ids) for column, ids in known.items()]
    kept = [row for row in rows[1:] if all(not row[at] or set(row[at].split(";")) <= ids for at, ids in cells)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([rows[0], *kept])
    path.write_text(out.getvalue(), encoding="utf-8")


def files_of(folder):
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.suffix in (".csv", ".toml"))


def use(folder):
    """Everything that a guide is for; where no problem was told, its tables can be read, and a refusal is in words."""
    found = kit.load_guide(folder)
    screening = kit.screen(guide=found)
    assert len(found.point_values) == len(found.points)
    assert all(texts for texts in map(found.texts, found.languages))
    assert all(match.label for match in kit.search("g", guide=found))
    for area in (*found.area_ids[:3], "foot_top"):
        with contextlib.suppress(UnknownIdError):
            suggestions = kit.suggest(
                {area: {"side": "left", "sensations": ["numb"]}}, side="left", screening=screening, guide=found
            )
            repr(suggestions), suggestions.alerts
    for id in (*found.rows_by_id["red_flags"], *found.rows_by_id["cautions"]):
        with contextlib.suppress(kit.SelfcareError):
            kit.screen(yes=[id], where={id: ["foot_top"]}, guide=found)
    routines = []
    with contextlib.suppress(kit.SelfcareError):
        routines.append(kit.template(guide=found).with_screening(screening))
    for point in found.point_values:
        with contextlib.suppress(BlockedError, DoseError):
            routines.append(kit.Routine(guide=found, screening=screening).add(point, side="left"))
    for routine in routines[:1]:
        with contextlib.suppress(kit.SelfcareError):
            routine.figure().to_svg(), routine.to_csv(), routine.to_note(), routine.hints
            check_inert(routine, folder)
    with contextlib.suppress(kit.SelfcareError):
        found.to_html()


def is_usable(problems):
    """Whether there are only notes, such as that of a copy that keeps the built-in guide's id."""
    return all(problem.is_note for problem in problems)


def check_told(problems, what):
    assert isinstance(problems, list), problems
    for problem in problems[:50]:
        check_sentence(str(problem), what)


@pytest.mark.slow
def test_a_harmed_guide_is_told_what_is_wrong_or_can_be_used(small, reading):
    names = files_of(small)
    sound = {name: (small / name).read_bytes() for name in names}
    without_problems = 0
    for seed in range(CASES):
        harm = Mutator(seed)
        name = harm.chance.choice(names)
        what = f"{name}, seed {seed}"
        (small / name).write_bytes(harm.bytes(sound[name], *sound.values()))
        try:
            problems = reading(lambda: check_guide(small), what)
            check_told(problems, what)
            if is_usable(problems):
                without_problems += 1
                if without_problems % max(1, CASES // 1_000 or 1) == 0:
                    reading(lambda: use(small), what)
        finally:
            (small / name).write_bytes(sound[name])
    print(f"{without_problems} had no problem")
    assert CASES / 50 < without_problems < CASES


TOML = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=10)
    | st.sampled_from(["gmed_2", "gas_3", "nowhere", "left", "both", "midline", "R01", "hold", 600, 9, -1, 0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "title", "point", "side", "seconds", "ids", "steps", "first", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def as_toml(value):
    """Settings as TOML, whatever kinds their values are of; keys inside tables are inline."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}" = {as_toml(inner)}' for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(sign):08X}" for sign in value) + '"'
    return repr(value)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def replaced(value, path, new):
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = new if len(path) == 1 else replaced(value[path[0]], path[1:], new)
    return copy


@pytest.mark.slow
@settings(max_examples=max(CASES // 2, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_settings_of_a_wrong_kind_anywhere_are_told_or_can_be_used(data, small, reading):
    path = small / "guide.toml"
    sound = path.read_bytes()
    values = tomllib.loads(sound.decode())
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.sampled_from([each for each in places(values) if each]))
        values = replaced(values, at, data.draw(TOML))
    text = "\n".join(f'"{key}" = {as_toml(value)}' for key, value in values.items())
    path.write_text(text, encoding="utf-8")
    try:
        problems = reading(lambda: check_guide(small), text[-800:])
        check_told(problems, text[-800:])
        if is_usable(problems):
            reading(lambda: use(small), text[-800:])
    finally:
        path.write_bytes(sound)


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12) | st.sampled_from(
    ["", "all", "all;groin", "yes", "no", "0", "-1", "121", "8", "1e3", "nan", "inf", "0.5", "gmed_2", "left", "R01", "C01", "=1+1", ";", "a;b", "<b>", "٣", "1_0"]
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=max(CASES // 2, 100), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_cell_of_any_table_is_told_or_can_be_used(data, small, reading):
    name = data.draw(st.sampled_from([name for name in tables() if (small / f"{name}.csv").exists()]))
    path = small / f"{name}.csv"
    sound = path.read_bytes()
    rows = list(csv.reader(io.StringIO(sound.decode("utf-8-sig"), newline="")))
    for _ in range(data.draw(st.integers(1, 2))):
        row = data.draw(st.integers(0, min(len(rows) - 1, 40)))
        rows[row][data.draw(st.integers(0, len(rows[row]) - 1))] = data.draw(CELLS)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    try:
        problems = reading(lambda: check_guide(small), name)
        check_told(problems, f"{name}: {rows}"[:500])
        if is_usable(problems):
            reading(lambda: use(small), f"{name}: {rows}"[:2000])
    finally:
        path.write_bytes(sound)


def test_a_folder_that_is_none_or_leads_elsewhere_is_told(small, tmp_path, reading):
    for folder in (tmp_path, tmp_path / "none", small / "points.csv", "", "a\x00b", "x" * 5_000, "/dev/null", "~"):
        problems = reading(lambda folder=folder: check_guide(folder), repr(folder)[:80])
        check_told(problems, repr(folder)[:80])
        assert problems
    linked = tmp_path / "linked"
    shutil.copytree(small, linked)
    (linked / "points.csv").unlink()
    (linked / "points.csv").symlink_to("/dev/zero")
    os.mkfifo(linked / "text" / "xx.csv")
    assert reading(lambda: check_guide(linked), "links and pipes")


def test_a_huge_table_is_told_soon(small, tmp_path, reading):
    huge = tmp_path / "huge"
    shutil.copytree(small, huge)
    path = huge / "sources.csv"
    path.write_bytes(path.read_bytes() + b"x,y,z,a,b,c\n" * 6_000_000)
    problems = reading(lambda: check_guide(huge), "huge")
    assert "must be at most" in str(problems[0])


def test_a_guide_with_a_secret_id_cannot_pose_as_the_built_in_one(small, tmp_path):
    posing = tmp_path / "posing"
    shutil.copytree(small, posing)
    assert not Guide(posing).is_built_in
