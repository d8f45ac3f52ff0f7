"""The PDF is the handout, for programs that read it aloud, too."""

import io
import json
import re
import subprocess
from collections import Counter
from dataclasses import replace

import pypdf
import pytest
from examples import examples
from hypothesis import given
from marks import slow_where
from outcomes import outcomes
from pages import Page
from PIL import Image
from programs import output_of, program

import selfcare_kit as kit
from selfcare_kit.clinics.logo import logo_of
from selfcare_kit.clinics.profile import ClinicVideo
from selfcare_kit.errors import FileFormatError, InvalidValueError, MissingExtraError, MissingLettersWarning
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.routine import routine_from_bytes

LANGUAGES = kit.load_guide().languages
OPTIONS = [("A4", "standard"), ("Letter", "standard"), ("A4", "black_and_white"), ("Letter", "large")]


@pytest.fixture(scope="module")
def routine():
    """The guide's first five points."""
    made = kit.Routine(title="Hip and outer leg", code="C-104", screening=kit.screen())
    for point in ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"):
        made = made.add(point, side="left")
    return made


@pytest.fixture(scope="module")
def handouts(routine, tmp_path_factory):
    """Paths of the routine's PDFs by their options."""
    folder = tmp_path_factory.mktemp("pdf")
    return {
        (paper, variant): routine.to_pdf(
            folder / f"{paper}_{variant}.pdf", client="C-104", paper=paper, variant=variant
        )
        for paper, variant in OPTIONS
    }


def structure(document):
    """The tags of a document in reading order, each with what it says of itself."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            kids = node.get("/K", [])
            for kid in kids if isinstance(kids, list) else [kids]:
                walk(kid)

    walk(document.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.fixture(scope="module")
def read(handouts):
    return {options: pypdf.PdfReader(path) for options, path in handouts.items()}


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS)
def test_pypdf_reads_tags_title_and_language(options, read):
    root = read[options].trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read[options].metadata.title == "Hip and outer leg"
    assert "pdfuaid:part" in read[options].xmp_metadata.rdf_root.toxml()


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("options", OPTIONS)
def test_poppler_reads_title_paper_and_tags(options, handouts):
    told = output_of(
        program("pdfinfo", "poppler-utils", "read the PDF as a client's program does"), str(handouts[options])
    )
    facts = dict(re.findall(r"^([^:]+): +(.*)$", told, re.MULTILINE))
    assert facts["Title"] == "Hip and outer leg"
    assert facts["Tagged"] == "yes"
    assert facts["JavaScript"] == "no"
    assert facts["Page size"].startswith("595.276 x 841.89" if options[0] == "A4" else "612 x 792")


@pytest.mark.slow
@pytest.mark.parametrize("options", [options for options in OPTIONS if options[1] != "large"])
def test_five_steps_are_one_page(options, read):
    assert len(read[options].pages) == 1


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("options", OPTIONS)
def test_the_words_are_those_of_the_page_none_broken_and_none_run_together(options, handouts, routine):
    text = output_of(program("pdftotext", "poppler-utils", "read the PDF's text"), "-raw", str(handouts[options]), "-")
    page = Page(routine.to_html(client="C-104", paper=options[0], variant=options[1]))
    printed = Counter(word.strip("\u2022") for word in text.split())
    missing = Counter(word.strip("\u2022") for word in page.text.split()) - printed
    assert not missing


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS)
def test_headings_lists_and_the_figure_are_tagged_as_such(options, read):
    tags = structure(read[options])
    names = [name for name, _ in tags]
    assert names.count("/H1") == 1
    assert names.index("/H1") < names.index("/H2")
    figures = [node for name, node in tags if name == "/Figure"]
    assert all(figure.get("/Alt") for figure in figures)
    told = [figure["/Alt"] for figure in figures]
    assert sum(text.startswith("Your body: ") for text in told) == 1
    assert sum(text.startswith("Picture: ") for text in told) == 5
    assert sum(text.endswith("out of 10 at most") for text in told) == 5
    for name, node in tags:
        if name == "/L":
            kids = node["/K"] if isinstance(node["/K"], list) else [node["/K"]]
            # A list that goes on in the next column is a list of its parts.
            assert {kid.get_object()["/S"] for kid in kids} in ({"/LI"}, {"/L"})
    assert "/LI" in names


@pytest.mark.slow
@pytest.mark.parametrize("variant", ["standard", "black_and_white"])
@pytest.mark.parametrize("name", ["", "Hillside Clinic"])
def test_logo_and_codes_of_videos_have_a_text_like_every_figure(name, variant, clear):
    picture = io.BytesIO()
    Image.new("RGB", (200, 80), "red").save(picture, "png")
    videos = (
        ClinicVideo(technique="ball_hold", url="https://example.org/v"),
        ClinicVideo(point="ql_s2", url="https://example.org/w"),
    )
    clinic = kit.Clinic(name=name, logo=logo_of(picture.getvalue()), videos=videos)
    content = kit.Routine(screening=clear).add("ql_s2", side="left").to_pdf(clinic=clinic, variant=variant)
    figures = [node for tag, node in structure(pypdf.PdfReader(io.BytesIO(content))) if tag == "/Figure"]
    texts = [figure.get("/Alt", "") for figure in figures]
    assert all(texts)
    assert f"Logo {name}".strip() in texts
    assert any("https://example.org/" in text for text in texts)


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS)
def test_the_routine_rides_along_and_is_read_back(options, handouts, routine):
    assert kit.read_routine(handouts[options]) == routine


def test_a_pdf_is_read_back_and_has_no_name_inside_but_on_the_page(routine, tmp_path):
    path = routine.to_pdf(tmp_path / "r.pdf", client="Maria Schneider")
    assert kit.read_routine(path) == routine
    (attached,) = pypdf.PdfReader(path).attachment_list
    assert json.loads(attached.content) == json.loads(routine.to_json())
    assert b"Schneider" not in attached.content


@examples(3)
@given(outcome=outcomes())
@pytest.mark.slow
def test_the_clients_activities_ride_along_and_nothing_else_that_was_said(outcome):
    routine = kit.Routine(code="C-104", screening=kit.screen(), outcome=outcome).add("tfl_1", side="left")
    again = routine_from_bytes(routine.to_pdf(variant="no_figure"), "r.pdf")
    assert again == replace(routine, outcome=Outcome(activities=outcome.activities))


@pytest.mark.slow
def test_the_same_page_gives_the_same_bytes(routine):
    assert routine.to_pdf() == routine.to_pdf()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"x" * 5000, b"not a pdf"])
def test_what_is_no_pdf_is_told_in_a_sentence(content, tmp_path):
    (tmp_path / "r.pdf").write_bytes(content)
    with pytest.raises(FileFormatError, match=r"r\.pdf"):
        kit.read_routine(tmp_path / "r.pdf")


def test_a_pdf_of_somebody_else_is_told_in_a_sentence(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "other.pdf")
    with pytest.raises(FileFormatError, match="must be a handout with its routine inside, got a PDF without one"):
        kit.read_routine(tmp_path / "other.pdf")


@pytest.mark.slow
@pytest.mark.parametrize("options", OPTIONS)
def test_every_font_is_inside(options, read):
    for page in read[options].pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert any(name.startswith("/FontFile") for name in descriptor)


@pytest.mark.office
def test_on_a_page_set_closely_no_words_run_together(clear, tmp_path):
    made = kit.Routine(title="Hip and leg", code="C-104", screening=clear).add("gmed_2", side="left")
    made = made.add("piri_1", side="both").add("fibl_1", side="left").add("fdb_1", side="left")
    made = made.add("gas_1", side="both", tool="opposite_knee", position="lying_on_back")
    pdftotext = program("pdftotext", "poppler-utils", "read the PDF's text")
    text = output_of(pdftotext, "-raw", str(made.to_pdf(tmp_path / "h.pdf")), "-")
    printed = Counter(word.strip("\u2022") for word in text.split())
    assert not Counter(word.strip("\u2022") for word in Page(made.to_html()).text.split()) - printed


def test_a_look_that_is_none_is_refused_in_words(five_steps):
    with pytest.raises(InvalidValueError, match="paper must be one of A4, Letter, got 'A5'"):
        five_steps.to_pdf(paper="A5")


@pytest.mark.slow
def test_a_hostile_note_fetches_nothing_and_stays_text(clear):
    hostile = '<img src="http://127.0.0.1:9/x.png"><link rel=attachment href="file:///etc/passwd">'
    routine = kit.Routine(title=hostile, screening=clear).add("ql_s2", side="left", note=hostile)
    document = pypdf.PdfReader(io.BytesIO(routine.to_pdf(client=hostile)))
    assert document.metadata.title == hostile
    assert list(document.attachments) == ["selfcare-routine.json"]
    assert document.pages[0].get("/Annots") is None


def test_without_weasyprint_one_sentence_says_how_to_install_it(five_steps, monkeypatch):
    monkeypatch.setattr("selfcare_kit.export.extras.find_spec", lambda name: None)
    with pytest.raises(
        MissingExtraError, match=r'writing .pdf needs .*; install it with: pip install "selfcare-kit\[pdf\]"'
    ):
        five_steps.to_pdf()


def test_without_a_library_of_the_system_it_is_named(five_steps, monkeypatch):
    def broken(name):
        raise OSError("cannot load library 'libpango-1.0-0'\nmore")

    monkeypatch.setattr("selfcare_kit.export.extras.import_module", broken)
    with pytest.raises(MissingExtraError, match="needs a system library that weasyprint cannot load .*libpango"):
        five_steps.to_pdf()


CLINIC = kit.Clinic("Hillside Clinic", videos=(ClinicVideo("https://hillside.example/wall", point="tfl_1"),))


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.parametrize("variant", ["standard", "detailed", "large", "no_figure"])
def test_the_code_of_a_video_can_be_read_and_covers_nothing(variant, routine, tmp_path):
    zbarimg = program("zbarimg", "zbar-tools", "read the codes")
    poppler = program("pdftoppm", "poppler-utils", "draw a PDF")
    path = routine.to_pdf(tmp_path / "r.pdf", clinic=CLINIC, variant=variant, language="es")
    output_of(poppler, "-r", "200", "-gray", str(path), str(tmp_path / "page"))
    codes = [
        subprocess.run(
            [zbarimg, "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(page)], capture_output=True, check=False
        )
        for page in sorted(tmp_path.glob("page*.pgm"))
    ]
    assert [code.stdout.decode().strip() for code in codes if code.stdout] == [CLINIC.videos[0].url]


@pytest.mark.office
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_that_follow_each_other_have_a_blank_between(language, routine, tmp_path):
    path = routine.to_pdf(tmp_path / "r.pdf", clinic=CLINIC, language=language)
    text = output_of(program("pdftotext", "poppler-utils", "read a PDF"), str(path), "-")
    assert re.findall(r"\w\.[A-ZÁÉ]\w+", text) == []


@pytest.mark.office
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_word_of_a_longer_language_stands_beside_the_page(language, clear, tmp_path):
    found = kit.suggest(
        ["buttock_center", "thigh_outer", "calf_outer"], side="left", sensations=["ache"], screening=clear
    )
    path = kit.Routine.from_suggestions(found.top(5)).to_pdf(tmp_path / "r.pdf", language=language)
    pages = pypdf.PdfReader(path).pages
    told = output_of(program("pdftotext", "poppler-utils", "read a PDF"), "-bbox", str(path), "-")
    rights = [float(right) for right in re.findall(r'<word .*?xMax="([0-9.]+)"', told)]
    assert len(rights) > 400
    assert max(rights) < pages[0].mediabox.width - 20


LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.mark.office
@pytest.mark.parametrize("variant", ["standard", "large"])
@pytest.mark.parametrize("place", ["client", "code", "title", "note", "clinic"])
def test_a_long_word_stands_inside_the_page_wherever_it_stands(place, variant, clear, tmp_path):
    options = {"client": LONG_WORD} if place == "client" else {}
    if place == "clinic":
        options = {"clinic": kit.Clinic(name=LONG_WORD[:60], contact=(LONG_WORD[:60],), footer=LONG_WORD)}
    values = {place: LONG_WORD} if place in ("code", "title") else {}
    made = kit.Routine(screening=clear, **values).add("ql_s2", side="left", note=LONG_WORD if place == "note" else "")
    path = made.to_pdf(tmp_path / "r.pdf", variant=variant, **options)
    told = output_of(program("pdftotext", "poppler-utils", "read a PDF"), "-bbox", str(path), "-")
    rights = [float(right) for right in re.findall(r'<word .*?xMax="([0-9.]+)"', told)]
    assert LONG_WORD[:20] in told
    # In large print the page's number stands nearest to the edge.
    assert max(rights) < pypdf.PdfReader(path).pages[0].mediabox.width - 10


# Letters without a font

# No font has these two: nothing is assigned to them.
NOWHERE = "\U0010abcd\U0010abce"


@pytest.mark.parametrize("place", slow_where(("title", "note", "client"), ("title", "note")))
def test_letters_that_no_font_has_are_told_wherever_they_stand(place):
    texts = {"title": "", "note": "", "client": "", place: f"Aé{NOWHERE}"}
    made = kit.Routine(title=texts["title"], screening=kit.screen()).add("gmed_2", side="left", note=texts["note"])
    with pytest.warns(
        MissingLettersWarning, match=r"the PDF has boxes in place of U\+10ABCD U\+10ABCE, for which"
    ) as told:
        made.to_pdf(client=texts["client"])
    assert [each.message.letters for each in told] == [tuple(NOWHERE)]


@pytest.mark.slow
def test_letters_that_no_font_has_are_kept_out_of_logs(routine, caplog):
    with pytest.warns(MissingLettersWarning):
        routine.to_pdf(client=NOWHERE)
    assert not any(letter in caplog.text for letter in NOWHERE)


@pytest.mark.slow
def test_marks_that_are_not_seen_are_no_missing_letters(routine):
    assert routine.to_pdf(client="A\u200db\u202bc\u202c d\u00ade\u2060f")
