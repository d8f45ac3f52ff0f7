"""What the client reads in English is US grade 6 or below, as a whole and in every part."""

import re

import pytest
from pages import Page, grade

from selfcare_kit.export.handout.handout import VARIANTS, handout_html
from selfcare_kit.export.handout.leaflet import leaflet_html

GROUPS = (
    "area.", "tool.", "position.", "technique.", "mode.", "point.", "caution.", "handout.before_you_start",
    "handout.emergency", "handout.today", "handout.stop", "handout.figure", "handout.video", "handout.diary",
    "handout.what_this_is", "handout.not_a_diagnosis", "handout.not_reviewed", "handout.review", "leaflet.intro", "leaflet.where_first",
    "leaflet.foot_path", "leaflet.technique", "leaflet.tools", "leaflet.acupuncture", "leaflet.picture",
    "leaflet.points", "leaflet.safety", "leaflet.today", "leaflet.see_first",
)  # fmt: skip


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_of_texts_is_at_grade_six_or_below(guide, group):
    texts = [text for key, text in guide.texts("en").items() if key.startswith(group)]
    assert texts
    assert grade("\n".join(text if text.endswith((".", "?", ":")) else f"{text}." for text in texts)) <= 6


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_whole_handout_is_at_grade_six_or_below(five_steps, variant):
    assert grade(Page(handout_html(five_steps, variant=variant)).text) <= 6


@pytest.mark.parametrize("page", ["handout", "leaflet"])
def test_trigger_point_is_said_once_and_explained(five_steps, guide, page):
    html = handout_html(five_steps) if page == "handout" else leaflet_html(guide)
    text = " ".join(Page(html).text.split()).partition("Sources:")[0]
    assert len(re.findall("trigger points?", text, re.IGNORECASE)) == 1
    assert "sore spots" in text[: text.index("trigger points")]
    assert "They are often called trigger points. Experts do not agree on what they are." in text


def test_there_is_no_word_that_only_a_clinician_knows(five_steps):
    text = re.sub(r"\([a-z ]+\)", "", Page(handout_html(five_steps, variant="detailed")).text.casefold())
    text = text[: text.index("muscles:")]
    for word in ("referral", "myofascial", "palpat", "lateral", "medial", "posterior", "anterior", "ischaem", "crest", "trochanter"):  # fmt: skip
        assert word not in text, word
