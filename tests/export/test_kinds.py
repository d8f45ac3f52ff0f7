"""One table of kinds: what each is, that the gate holds, and that no file tells more than it should."""

import inspect
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from marks import slow_where

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, ReferralRequired, ScreeningRequired
from selfcare_kit.export.kinds import HANDOUT_OPTIONS, KINDS, file_kind, make_file
from selfcare_kit.safety.verdict import Judge

CLIENT_KINDS = [name for name, kind in KINDS.items() if kind.for_client]
OWN_KINDS = [name for name, kind in KINDS.items() if not kind.for_client]
USER = "quentin-zz"
# Who the standards' own names belong to; nothing is fetched from them.
NAMERS = {
    "www.w3.org", "schemas.openxmlformats.org", "purl.org", "ns.adobe.com", "www.aiim.org", "schemas.microsoft.com",
    "loinc.org", "unitsofmeasure.org", "terminology.hl7.org",
}  # fmt: skip


def made(name):
    """A file with something of everything in it; its code runs in other processes, too."""
    screening = kit.screen(yes=["C12"], where={"C12": ["foot_top", "heel"]})
    felt = {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}, "foot_top": {"side": "left"}}
    found = kit.suggest(felt, screening=screening)
    routine = kit.Routine.from_suggestions(found.top(5), title="Hip", code="C-104")
    routine = routine.add("sol_1", "both", note="=1+1").confirm_sides()
    routine = routine.with_outcome(days_done=5, change=-2, sore=["sol_1"], activities={"climb the stairs": 4})
    return make_file(routine, name, client="Printed Name").content


WRITE_ALL = f"""
import sys
from pathlib import Path
import selfcare_kit as kit
from selfcare_kit.export.kinds import KINDS, make_file
{inspect.getsource(made)}
for name in KINDS:
    Path(sys.argv[1], name).write_bytes(made(name))
"""


def written_by(folder, seed):
    """Every kind, written by a process of a user of its own; the seed decides the order of its sets."""
    home = folder / "home" / USER
    home.mkdir(parents=True)
    names = {"HOME": str(home), "USER": USER, "LOGNAME": USER, "USERNAME": USER, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", WRITE_ALL, str(folder)], env={**os.environ, **names}, stderr=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {name: (folder / name).read_bytes() for name in KINDS}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return written_by(tmp_path_factory.mktemp("seed1"), "1")


@pytest.fixture(scope="module")
def written_again(tmp_path_factory):
    return written_by(tmp_path_factory.mktemp("seed2"), "2")


def parts_of(name, content):
    """What a file holds, unpacked."""
    if name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [archive.read(each) for each in archive.namelist()]
    if name == "pdf":
        objects = pypdf.PdfReader(io.BytesIO(content))
        whole = [objects.get_object(number + 1) for number in range(len(objects.xref[0]) + len(objects.xref_objStm))]
        streams = [each.get_data() for each in whole if hasattr(each, "get_data")]
        return [content, *(repr(each).encode() for each in whole), *streams]
    return [content]


# The table


def test_importing_the_table_loads_no_writer_and_nothing_heavy():
    code = "import selfcare_kit.export.kinds, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"numpy", "pandas", "matplotlib", "jinja2", "icalendar", "openpyxl", "weasyprint", "zipfile"}
    assert not heavy & {name.partition(".")[0] for name in loaded}
    light = ("kinds", "extras", "private", "client_name")
    assert not any(name.startswith("selfcare_kit.export.") and not name.endswith(light) for name in loaded)


def test_every_kind_has_a_name_an_ending_a_type_and_a_label_of_its_own():
    assert all(
        kind.name == name and kind.ending.startswith(".") and "/" in kind.media_type for name, kind in KINDS.items()
    )
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)
    assert len({(kind.stem, kind.ending) for kind in KINDS.values()}) == len(KINDS)


def test_what_goes_to_the_client_is_handout_pdf_and_calendar():
    assert CLIENT_KINDS == ["html", "pdf", "ics"]


def test_the_options_of_a_handout_are_the_keywords_of_to_html():
    parameters = inspect.signature(kit.Routine.to_html).parameters
    assert set(KINDS["html"].options) == {name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY}
    assert [KINDS[name].options for name in ("html", "pdf")] == [(*HANDOUT_OPTIONS, "course")] * 2


def test_a_kind_takes_its_own_options_and_leaves_the_rest(five_steps):
    options = {"client": "Printed Name", "paper": "Letter", "language": "en"}
    assert make_file(five_steps, "html", **options).content == five_steps.to_html(**options).encode()
    assert make_file(five_steps, "csv", **options).content == five_steps.to_csv().encode("utf-8-sig")


def test_a_file_is_named_by_code_and_date_and_never_by_the_client(five_steps):
    day = five_steps.date.isoformat()
    names = [make_file(five_steps, name, client="Printed Name").name for name in KINDS if name != "pdf"]
    assert names == [
        f"handout_C-104_{day}.html", f"calendar_C-104_{day}.ics", f"routine_C-104_{day}.csv",
        f"routine_C-104_{day}.xlsx", f"routine_C-104_{day}.json", f"note_C-104_{day}.txt",
        f"careplan_C-104_{day}.json", f"figure_C-104_{day}.svg", f"figure_C-104_{day}.png",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["../../x", "a/b\\c:d*?", "x" * 500, "...", "", "é ü"])
def test_a_file_name_can_be_stored_everywhere(code, five_steps):
    name = make_file(replace(five_steps, code=code), "csv").name
    assert re.fullmatch(r"routine_([\w.-]{1,40}_)?\d{4}-\d\d-\d\d\.csv", name)
    assert ".." not in name


def test_a_kind_that_is_none_is_told_the_others():
    with pytest.raises(InvalidValueError, match="file must be one of html, pdf, ics, csv, .* got 'docx'"):
        file_kind("docx")


def test_a_kind_says_what_is_missing_before_it_is_asked(monkeypatch):
    assert not any(kind.missing_package for kind in KINDS.values())
    monkeypatch.setattr("selfcare_kit.export.extras.find_spec", lambda name: None)
    missing = {name: kind.missing_package for name, kind in KINDS.items() if kind.missing_package}
    assert set(missing) == {"pdf"}
    assert missing["pdf"] == (
        "writing .pdf needs the package weasyprint, got none on this computer; "
        'install it with: pip install "selfcare-kit[pdf]".'
    )


# The gate


@pytest.mark.parametrize("name", CLIENT_KINDS)
def test_nothing_goes_to_the_client_without_the_safety_answers_of_today(name, five_steps, yesterday):
    for screening in (None, kit.screen(date=yesterday)):
        with pytest.raises(ScreeningRequired, match="needs a screening of today"):
            make_file(five_steps.with_screening(screening), name)


@pytest.mark.parametrize("name", CLIENT_KINDS)
def test_nothing_goes_to_the_client_before_somebody_has_looked(name):
    routine = kit.Routine(
        screening=kit.screen(), complaint=kit.suggest({"calf_back": {"sensations": ["weak"]}}, side="left").complaint
    )
    with pytest.raises(ReferralRequired, match="a clinician has to look before"):
        make_file(routine.add("ql_s2", side="left"), name)


@pytest.mark.parametrize("name", OWN_KINDS)
def test_the_clinicians_own_files_need_no_answers_but_a_step(name):
    assert make_file(kit.Routine().add("ql_s2", side="left"), name).content
    with pytest.raises(InvalidValueError, match="a routine needs steps before it is written"):
        make_file(kit.Routine(), name)


# What no file may hold


@pytest.mark.slow
@pytest.mark.parametrize("name", list(KINDS))
def test_the_same_routine_gives_the_same_bytes_in_every_process(name, written, written_again):
    first, second = written[name], written_again[name]
    if name == "ics":
        first, second = (re.sub(rb"(DTSTAMP|SEQUENCE):\w+", b"", each) for each in (first, second))
    assert first == second


@pytest.mark.slow
@pytest.mark.parametrize("name", list(KINDS))
def test_no_file_tells_of_the_computer_or_its_user(name, written):
    telling = [USER, str(kit.load_guide().folder), sys.prefix, str(Path.cwd()), "/tmp/"]
    for part in parts_of(name, written[name]):
        for word in telling:
            assert word.encode() not in part, word


@pytest.mark.slow
@pytest.mark.parametrize("name", list(KINDS))
def test_no_file_asks_for_anything_from_outside(name, written):
    for part in parts_of(name, written[name]):
        hosts = {host.decode() for host in re.findall(rb"[a-z]+://([^/\"'\s<>)\\]+)", part)}
        assert hosts <= NAMERS
        assert not re.search(
            rb"(?:src|href)=[\"'](?!#)[^\"']*//|@import|url\((?![\"']?(?:#|data:))|TargetMode=\"External\"", part
        )


@pytest.mark.slow
@pytest.mark.parametrize("name", list(KINDS))
def test_nothing_in_a_file_runs(name, written):
    for part in parts_of(name, written[name]):
        assert not re.search(rb"<script(?! type=\"application/json\")|\son[a-z]+=\"|javascript:|<iframe|<object", part)
        assert not re.search(rb"/JavaScript|/JS\b|/Launch|/SubmitForm|/OpenAction|/AA\b", part)
        assert not re.search(rb"vbaProject|<f>|<f |oleObject|externalLink", part)


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("html", "pdf")])
def test_the_clients_name_is_on_the_handout_only(name):
    assert not any(b"Printed Name" in part for part in parts_of(name, made(name)))
    assert b"Printed Name" in made("html")


@pytest.mark.parametrize("name", slow_where(KINDS, ["pdf"]))
def test_the_flag_of_a_kind_decides_whether_it_passes_the_gate(name):
    kind, unscreened = KINDS[name], kit.Routine().add("ql_s2", side="left")
    with pytest.raises(kit.ScreeningRequired, match="a client's page needs a screening of today, got none"):
        replace(kind, for_client=True).to_bytes(unscreened)
    assert replace(kind, for_client=False).to_bytes(unscreened)


def test_answers_and_complaint_are_judged_once_on_the_way_to_all_files(monkeypatch, clear):
    judges = []
    own = Judge.__init__
    monkeypatch.setattr(Judge, "__init__", lambda self, *args: judges.append(args[1:]) or own(self, *args))
    found = kit.suggest({"hip_side": {"side": "left", "pain": 3}, "heel": {"side": "left"}}, screening=clear)
    routine = kit.Routine.from_suggestions(found.top(5), title="Once", code="C-104")
    for name in ("html", "csv", "json", "note", "fhir", "ics"):
        make_file(routine, name)
    assert judges == [(found.complaint, clear)]
