"""The pack for reviewers: every item is in one box, riskiest first, and a form that asks no network brings answers back."""

import csv
import json
import re
import shutil

import pytest

import selfcare_kit as kit
from selfcare_kit.body.place.places import places_of
from selfcare_kit.export.review.answers import apply_answers, read_answers
from selfcare_kit.export.review.boxes import minutes_of
from selfcare_kit.export.review.construction import figures_of
from selfcare_kit.export.review.landmark_words import finding_of
from selfcare_kit.export.review.pack import parts_of, riskiest, write_pack
from selfcare_kit.export.review.translation import translation_groups
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.review.items import items_of
from selfcare_kit.review.notice import items_behind

pytestmark = pytest.mark.slow

FIVE = ("gmed_2", "piri_1", "vl_4", "gas_1", "fdb_1")


@pytest.fixture(scope="module")
def parts(guide):
    return parts_of(guide)


@pytest.fixture(scope="module")
def boxes(parts):
    return [box for part in parts for box in part.boxes]


@pytest.fixture(scope="module")
def folder(guide, tmp_path_factory):
    return write_pack(guide, tmp_path_factory.mktemp("pack") / "new").index.parent


# What is asked


def test_every_item_is_in_exactly_one_box(guide, boxes):
    asked = [item.id for box in boxes for item in box.items]
    assert sorted(asked) == sorted(items_of(guide))


def test_parts_are_the_regions_of_the_guide_then_the_rules_then_the_methods(parts):
    assert [part.title for part in parts] == [
        "Low back and hip", "Thigh", "Knee", "Lower leg", "Ankle and foot", "Safety rules", "Method and every page",
    ]  # fmt: skip


def test_all_of_it_takes_a_bit_more_than_two_hours_by_the_model_and_the_riskiest_less_than_half_an_hour(boxes):
    assert 100 <= minutes_of(boxes) <= 160
    assert minutes_of(riskiest(boxes)) <= 30


def test_the_riskiest_boxes_lie_close_to_a_nerve_a_vessel_or_a_kidney(boxes):
    first = riskiest(boxes)
    assert len(first) == 20
    assert all(re.search("nerve|vein|artery|kidney|hollow", " ".join(box.why)) for box in first)
    assert [box.risk for box in first] == sorted((box.risk for box in first), reverse=True)


def test_points_with_the_same_work_share_a_box(boxes):
    shared = [box for box in boxes if len(box.items) > 1]
    assert shared
    assert all(len({item.digest for item in box.items}) == 1 for box in shared)


# How a place is found


def test_a_place_is_told_in_words(guide):
    places = places_of(guide)
    (row,) = [each for each in guide.records.places if each.id == "gas_2"]
    found = finding_of(row, row.surface, places, guide)
    assert found.sentence.startswith(
        "**Halfway** from A, popliteal crease, middle, to B, lower end of the gastrocnemius bellies"
    )
    assert found.sentence.endswith("then **2.4 cm outward**.")
    assert found.onto_skin.endswith("straight out to the skin; nobody has to feel for that.")


def test_each_sentence_on_a_place_begins_with_a_capital_or_a_number_and_tells_no_minus(guide):
    places = places_of(guide)
    for row in guide.records.places:
        sentence = finding_of(row, row.surface, places, guide).sentence.replace("**", "")
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert " -" not in sentence, sentence


def test_the_construction_stands_on_the_first_figure_of_every_point(guide):
    for point in ("gas_2", "gmed_2", "fdb_1", "ql_s2"):
        first = figures_of(point, guide)[0].svg
        row = next(each for each in guide.records.places if each.id == point)
        assert ">A</text>" in first
        assert (">B</text>" in first) == bool(row.to_landmark)
        assert ("stroke-dasharray" in first.partition("#16202a")[2]) == bool(row.to_landmark)
        assert "<circle" in first


def test_the_letters_of_landmarks_stand_inside_every_figure(guide):
    for point in guide.point_values:
        svg = figures_of(point, guide)[0].svg
        left, top, wide, high = map(float, re.search(r'viewBox="([^"]*)"', svg)[1].split())
        letters = re.findall(r'<text x="(-?\d+)" y="(-?\d+)" font-size="(\d+)"[^>]*>[AB]</text>', svg)
        assert letters, point
        for x, y, size in (map(float, letter) for letter in letters):
            assert left <= x, point
            # A bold capital is at most 0.78 of its size wide, and 0.73 high.
            assert x + 0.78 * size <= left + wide, point
            assert top <= y - 0.73 * size, point
            assert y <= top + high, point


def test_all_pain_of_a_point_is_seen_on_some_figure(guide):
    captions = [figure.caption for figure in figures_of("gas_1", guide)]
    assert captions[0] == "Back"
    assert len(captions) >= 2


# The pages


def test_the_pack_has_an_index_a_form_a_page_for_each_part_and_one_for_each_other_language(folder):
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.html", "print_ankle_and_foot.html", "print_knee.html", "print_low_back_and_hip.html", "print_lower_leg.html",
        "print_method.html", "print_safety.html", "print_thigh.html", "review_form.html", "translation_de.html",
        "translation_es.html", "translation_fr.html",
    ]  # fmt: skip


def test_every_link_of_the_index_leads_somewhere(folder):
    text = (folder / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', text)
    assert len(links) > 50
    for link in links:
        name, _, place = link.partition("#")
        assert f'id="{place}"' in (folder / name).read_text(encoding="utf-8") if place else (folder / name).is_file(), (
            link
        )


def test_no_page_asks_anything_of_a_network(folder):
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert not re.search(r'(src|href)="(https?:)?//', text), path.name
        assert "{{" not in text


def test_only_the_form_may_run_a_script_and_only_its_own(folder):
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        allowed = re.search(r"script-src ('[^']+')", text)[1]
        assert allowed.startswith("'sha256-") if path.name == "review_form.html" else allowed == "'none'"


def test_every_rule_that_is_asked_has_an_example_of_what_a_yes_does(parts, guide):
    entries = {each.id: each for part in parts for _, sheet in part.sheets for each in sheet.entries}
    for rule in guide.records.asked_rules:
        text = " ".join(text for kind, text in entries[rule.id].lines if kind == "example")
        assert "Answered yes" in text or rule.all_of, rule.id
    assert "pressure 4 → **3**" in " ".join(text for _, text in entries["C01"].lines)


def test_a_translation_sheet_shows_both_languages_with_what_saves_a_life_first(guide):
    groups = translation_groups(guide, "es")
    assert [group.name for group in groups][:3] == ["handout.emergency", "handout.today", "handout.stop"]
    rows = {key: (own, other) for group in groups for key, own, other in group.rows}
    assert rows["handout.today.title"][1] == guide.texts("es")["handout.today.title"]
    assert "language.name" not in rows


def test_what_was_said_before_stands_beside_its_box(guide, tmp_path):
    mine = shutil.copytree(guide.folder, tmp_path / "mine")
    digest = items_of(guide)["point/piri_1/place"].digest
    row = f"point/piri_1/place,{digest},change,lower,AB,physiotherapist,2026-11-20,hip_and_leg,1.1.0\n"
    with (mine / "reviews.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    made = write_pack(Guide(mine), tmp_path / "pack")
    assert "a change is asked for" in made.form.read_text(encoding="utf-8")


# The form


def answers_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def tick(page, wanted):
    return page.evaluate(
        """(wanted) => {
            let count = 0;
            for (const box of document.querySelectorAll(".box")) {
                if (!JSON.parse(box.dataset.items).some(([item]) => wanted.includes(item))) continue;
                box.querySelector("input[value=agree]").click();
                count += 1;
            }
            return count;
        }""",
        sorted(wanted),
    )


@pytest.fixture
def form(browser, folder):
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("request", lambda request: page.problems.append(request.url) if request.url.startswith("http") else None)
    page.goto((folder / "review_form.html").as_uri())
    yield page
    context.close()


def saved(page, path):
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(path)
    return path


@pytest.mark.browser
def test_a_form_of_seventy_boxes_comes_back_and_changes_the_line_of_a_page(form, guide, tmp_path):
    wanted = {item for point in FIVE for item in items_of(guide) if item.startswith(f"point/{point}/")}
    ticked = tick(form, wanted | set(items_behind(guide, FIVE)))
    assert ticked >= 70
    held = form.locator(".box[data-items*='point/bf_1/place']")
    held.get_by_label("change").check()
    held.get_by_label("What should stand there instead").fill('=HYPERLINK("x"), 3 cm; higher')
    form.fill("#who", "AB")
    form.select_option("#job", "physiotherapist")
    path = saved(form, tmp_path / "answers.csv")
    assert form.problems == []
    mine = Guide(shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "mine"))
    added = apply_answers(path, mine)
    assert added.count == len(answers_in(path)) > ticked
    assert (added.answers.remarks, added.answers.refused) == ((), ())
    again = Guide(mine.folder)
    assert str(kit.review_of(FIVE, guide=again)).startswith(
        "All 5 points on this page were reviewed by a physiotherapist, "
    )
    assert "not all reviewed" not in str(kit.review_of(FIVE, guide=again))
    with pytest.raises(kit.SelfcareError, match="3 cm; higher"):
        kit.Routine(guide=again).add("bf_1", side="left")


@pytest.mark.browser
def test_what_was_ticked_is_kept_in_the_browser_and_can_be_opened_from_the_file(form, tmp_path):
    tick(form, ["rule/R01", "rule/R02"])
    form.locator(".box[data-items*='rule/R01']").get_by_label("What should stand there instead").fill("fine, really")
    form.fill("#who", "AB")
    form.select_option("#job", "physician")
    path = saved(form, tmp_path / "answers.csv")
    form.reload()
    assert form.text_content("#count") == "2 of 313 boxes answered"
    form.evaluate("localStorage.clear()")
    form.reload()
    assert form.text_content("#count").startswith("0 of ")
    form.set_input_files("#open", path)
    form.wait_for_function("document.getElementById('count').textContent.startsWith('2 of ')")
    assert form.input_value("#who") == "AB"
    assert form.locator(".box[data-items*='rule/R01'] .say").input_value() == "fine, really"


@pytest.mark.browser
def test_nothing_is_saved_without_initials_and_a_profession(form):
    tick(form, ["rule/R01"])
    form.click("#save")
    assert form.text_content("#said") == "Please fill in your initials first."
    form.fill("#who", "AB")
    form.click("#save")
    assert form.text_content("#said") == "Please choose your profession first."


@pytest.mark.browser
def test_a_part_or_the_riskiest_can_be_shown_alone(form, parts):
    form.select_option("#filter", "first")
    shown = form.evaluate("[...document.querySelectorAll('.point, .work')].filter((each) => each.offsetHeight).length")
    assert 0 < shown <= 20
    form.select_option("#filter", "part:ankle_and_foot")
    sheets = form.evaluate(
        "[...document.querySelectorAll('.sheet:not(.intro)')].filter((each) => each.offsetHeight).length"
    )
    assert sheets == len(next(part for part in parts if part.slug == "ankle_and_foot").sheets)


@pytest.mark.browser
def test_boxes_can_be_answered_by_keyboard_alone(form):
    form.locator(".box input[value=agree]").first.focus()
    form.keyboard.press("Space")
    form.keyboard.press("ArrowRight")
    assert set(form.locator(".box").first.get_attribute("class").split()) == {"box", "change", "needs"}


# Takes away every entry, box and row that has no other elements, by name and class, than one before it.
LEAVE_ONE_OF_A_KIND = """() => {
  const seen = new Set();
  for (const each of document.querySelectorAll(".entry, .box, tbody tr")) {
    const parts = [each, ...each.querySelectorAll("*")].map((e) => `${e.tagName} ${e.getAttribute("class")}`);
    const kind = [...new Set(parts)].sort().join();
    if (seen.has(kind)) each.remove();
    seen.add(kind);
  }
  return seen.size;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["review_form", "index", "print_ankle_and_foot", "translation_es"])
def test_a_page_of_the_pack_is_accessible(browser, folder, name):
    from axe import OF_COLOURS, violations

    page = browser.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    assert violations(page, without=OF_COLOURS) == []
    # What is built alike is coloured alike, and there are hundreds of it.
    assert page.evaluate(LEAVE_ONE_OF_A_KIND) > 0
    assert violations(page, only=OF_COLOURS) == []
    page.close()


def test_the_digests_of_the_form_are_those_of_the_guide(folder, guide):
    text = (folder / "review_form.html").read_text(encoding="utf-8").replace("&#34;", '"')
    pairs = dict(pair for found in re.findall(r'data-items="(\[\[.*?\]\])"', text) for pair in json.loads(found))
    assert pairs == {id: item.digest for id, item in items_of(guide).items()}


def test_an_answer_on_paper_can_be_typed_into_a_table(guide, tmp_path):
    path = tmp_path / "typed.csv"
    digest = items_of(guide)["rule/R01"].digest
    path.write_text(
        f"item;digest;verdict;comment;reviewer;profession;day\nrule/R01;{digest};Agree;;AB;Physician;28.11.2026\n",
        encoding="utf-8",
    )
    assert [each.day for each in read_answers(path, guide).rows] == ["2026-11-28"]
