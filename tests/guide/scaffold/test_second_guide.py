"""A guide made of a file of answers, with no line of code, works wherever the kit's own does."""

import csv
import datetime
import re

import pytest

import selfcare_kit as kit
from selfcare_kit.body.chart import chart_of
from selfcare_kit.errors import BlockedError
from selfcare_kit.planner.visit import answers, complaint, steps
from selfcare_kit.planner.visit.session import Session

# Of the complaint and the region of the kit's own guide.
ELSEWHERE = re.compile(r"\b(hips?|buttocks?|thighs?|groin|pee|poop|low back|piriformis)\b", re.IGNORECASE)
# A picture on a card, and what stands below it.
CARD = re.compile(r'<div class="picture">(<svg.*?</svg>)(?:<p class="caption">(.*?)</p>)?</div>', re.DOTALL)
HEEL_AND_BALL = {
    "heel": {"side": "left", "sensations": ["ache"], "pain": 5},
    "foot_ball": {"side": "left", "sensations": ["ache"], "pain": 4},
}


@pytest.fixture(scope="module")
def routine(second):
    found = kit.suggest(HEEL_AND_BALL, screening=kit.screen(guide=second), guide=second)
    made = kit.Routine.from_suggestions(found.top(5), title="Heel and foot", code="C-104")
    return made.add("extensor_digitorum_brevis_1", side="left").confirm_sides()


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<(style|script|title)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_it_has_no_problem(second):
    assert [problem for problem in kit.check_guide(second.folder) if not problem.is_note] == []


def test_it_suggests_its_points_and_says_why(second):
    found = kit.suggest(HEEL_AND_BALL, screening=kit.screen(guide=second), guide=second)
    assert [each.point for each in found] == ["flexor_digitorum_brevis_1", "soleus_1", "gastrocnemius_1"]
    assert "Its pain is mainly felt in the ball of the foot." in found[0].reasons
    assert found.alerts == ()


def test_a_numb_foot_is_noticed_before_any_point(second):
    found = kit.suggest(
        {"heel": {"side": "both", "sensations": ["numb"]}}, screening=kit.screen(guide=second), guide=second
    )
    assert [alert.action for alert in found.alerts] == ["refer"]


def test_a_clot_stops_everything_on_the_calf(second):
    screening = kit.screen(yes=["R05"], guide=second)
    with pytest.raises(BlockedError):
        kit.Routine(guide=second, screening=screening).add("soleus_1", side="left")


def test_its_own_caution_is_on_the_card_of_its_point(routine):
    assert "Do not press on a corn." in words(routine.to_html())


@pytest.mark.parametrize("variant", ["standard", "large", "detailed", "black_and_white", "no_figure"])
def test_nothing_of_hip_and_leg_is_on_its_page(routine, variant):
    page = words(routine.to_html(variant=variant))
    assert "Your foot turns cold, pale or blue." in page
    assert ELSEWHERE.findall(page) == []
    assert "has not been reviewed by a clinician yet" in page


def test_its_figure_marks_every_point(routine, second):
    scene = routine.figure().scene
    assert sorted(mark.text for mark in scene.marks) == ["1", "2", "3", "4"]
    assert [area for area in second.area_ids if f'data-area="{area}"' not in chart_of(second).svg] == []


def test_its_routine_comes_back_from_every_file(routine, second, tmp_path):
    for name in ("r.csv", "r.json", "r.html", "r.xlsx"):
        path = tmp_path / name
        getattr(routine, f"to_{path.suffix[1:]}")(path)
        assert kit.read_routine(path, guide=second).steps == routine.steps


def test_a_visit_of_the_planner_reaches_a_routine(second):
    session = Session(guide=second)
    session.do(answers.confirm_answers)
    session.do(complaint.choose_area, "heel")
    session.do(complaint.choose_side, "right")
    session.do(complaint.set_sensation, "ache")
    session.do(steps.add_best)
    assert {step.side for step in session.now.routine.steps} == {"right"}
    assert session.now.routine.steps[0].point == "soleus_1"


def test_the_planner_shows_it(second):
    planner = kit.Planner(guide=second)
    assert planner.routine.guide is second


def test_a_batch_makes_a_page_for_each_client(second, tmp_path):
    row = {
        "code": "C-104", "client": "Ada Test", "title": "Heel", "areas": "heel:left:ache:5", "none_of_these": "yes",
        "asked_on": f"{datetime.date.today()}",
    }  # fmt: skip
    table = tmp_path / "clients.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    summary = kit.batch(table, tmp_path / "out", guide=second)
    assert summary.counts == {"made": 1, "unchanged": 0, "failed": 0}
    (page,) = (tmp_path / "out").glob("handout_*.html")
    html = page.read_text(encoding="utf-8")
    assert ELSEWHERE.findall(words(html)) == []
    assert [caption for _, caption in CARD.findall(html)] == ["Posture only"] * html.count('<li class="card">')


def test_an_intake_sheet_asks_its_own_questions(second, tmp_path):
    page = words(kit.intake_sheet(tmp_path / "sheet.html", guide=second).read_text(encoding="utf-8"))
    assert "Is one leg newly swollen, red or warm" in page
    assert "Is your back stiff each morning" not in page


@pytest.mark.parametrize("variant", ["standard", "large", "detailed", "black_and_white", "no_figure"])
def test_each_step_of_its_page_shows_the_posture_and_says_that_it_is_no_more(routine, second, variant):
    style = "high_contrast" if variant == "black_and_white" else "colour"
    cards = routine.to_html(variant=variant).split('<li class="card">')[1:]
    assert len(cards) == len(routine.steps)
    for step, card in zip(routine.steps, cards, strict=True):
        way = {"side": step.side, "position": step.position, "tool": step.tool, "guide": second}
        svg, caption = CARD.search(card).groups()
        assert svg == kit.PosturePicture(step.point, style=style, **way).to_svg()
        assert "The picture shows only the posture, not the sore spot." in svg
        assert caption == "Posture only"


def test_the_right_side_of_its_page_is_mirrored_and_the_left_is_not(second):
    made = kit.Routine(guide=second, screening=kit.screen(guide=second))
    page = made.add("soleus_1", side="left").add("gastrocnemius_1", side="right").to_html()
    assert ["matrix(-1" in svg for svg, _ in CARD.findall(page)] == [False, True]


def test_a_step_that_its_position_allows_no_picture_of_has_none(second):
    made = kit.Routine(guide=second, screening=kit.screen(guide=second))
    assert not CARD.findall(made.add("soleus_1", side="left", position="any").to_html())


def test_its_pictures_are_those_of_its_review_pack(second, tmp_path):
    from selfcare_kit.export.review.sheets import _pictures

    (figure,) = _pictures(second, second.point("soleus_1"))
    assert figure.caption == "Sitting on a chair (posture only)"
    assert figure.svg == kit.PosturePicture("soleus_1", side="left", guide=second).to_svg()


def test_a_search_finds_its_points(second):
    assert "soleus_1" in {point for match in kit.search("soleus", guide=second) for point in match.points}
