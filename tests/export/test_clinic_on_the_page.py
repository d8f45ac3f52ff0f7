"""A clinic's settings stand on the page, and nowhere else."""

import json
import re

import pytest
from pages import Page

import selfcare_kit as kit
from selfcare_kit.clinics.profile import Clinic, ClinicVideo
from selfcare_kit.errors import FileFormatError, InvalidValueError, UnknownIdError
from selfcare_kit.export.handout.handout import VARIANTS, handout_html
from selfcare_kit.export.handout.leaflet import leaflet_html
from selfcare_kit.export.handout.videos import draw_code, videos_of
from selfcare_kit.guide.index import GuideRecords

CLINIC = Clinic(
    "Hillside <Clinic>", ("12 Hill Road", "555 0100"), "555 0100", "112", "116 117", "Made & printed here.",
    videos=(ClinicVideo("https://hillside.example/wall?x=1&y=2", technique="ball_wall_hold", title="Wall", link="hill.example/w"),),
)  # fmt: skip


def text_of(html):
    return " ".join(Page(html).text.split())


@pytest.mark.parametrize("variant", VARIANTS)
def test_name_contact_numbers_and_footer_are_printed(five_steps, variant):
    text = text_of(handout_html(five_steps, variant=variant, clinic=CLINIC))
    short = ("Call 112 now", "Call 116 117 today", "Call your clinic: 555 0100")
    long = ("Stop and call 112 now", "call 116 117 or see a doctor today", "your clinic (555 0100)")
    numbers = long if variant in ("large", "detailed") else short
    for words in ("Hillside <Clinic>", "12 Hill Road", *numbers, "Made & printed here."):
        assert words in text, words


def test_without_numbers_the_page_says_whom_to_call_in_words(five_steps):
    text = text_of(handout_html(five_steps))
    assert "Call your local emergency number now" in text
    assert "See a doctor today" in text
    assert "Call your clinic Stop if:" in text
    text = text_of(handout_html(five_steps, variant="large"))
    assert "Stop and call your local emergency number now" in text
    assert "Stop, and see a doctor today, if:" in text
    assert "Stop, and call your clinic, if:" in text


def test_a_number_is_part_of_the_heading_that_says_what_to_do(five_steps):
    assert "<h2>Call <bdi>112</bdi> now</h2>" in handout_html(five_steps, clinic=CLINIC)


def test_nothing_of_the_clinic_is_in_the_data_that_rides_along(five_steps):
    html = five_steps.to_html(clinic=CLINIC)
    data = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', html)[1]
    assert "illside" not in data
    assert json.loads(data) == json.loads(five_steps.to_json())


def test_a_page_with_a_clinic_is_read_back_as_the_same_routine(five_steps, tmp_path):
    assert kit.read_routine(five_steps.to_html(tmp_path / "h.html", clinic=CLINIC)) == five_steps


def test_a_video_is_told_once_with_a_code_and_an_address_to_type(five_steps):
    html = handout_html(five_steps, client="Maria Schneider", clinic=CLINIC)
    assert [link["href"] for link in Page(html).all("a")] == ["https://hillside.example/wall?x=1&y=2"]
    assert "hill.example/w" in text_of(html).replace(" ", "")
    assert html.count(draw_code("https://hillside.example/wall?x=1&y=2").svg) == 1
    assert "Point your phone camera at the code" in text_of(html)


def test_without_a_video_no_code_is_spoken_of(five_steps):
    assert "phone camera" not in text_of(handout_html(five_steps))


def test_no_code_holds_more_than_the_videos_address(five_steps):
    one = handout_html(five_steps, client="Maria Schneider", clinic=CLINIC)
    other = handout_html(five_steps, client="Somebody Else", clinic=CLINIC)
    codes = [re.findall(r'<ul class="videos">.*?</ul>', html, re.DOTALL) for html in (one, other)]
    assert codes[0] == codes[1] != []


def test_a_video_of_the_point_comes_before_one_of_its_technique_and_the_clinics_before_the_guides(guide, monkeypatch):
    own = {"id": "1", "technique": "", "point": "gmed_2", "title": "", "url": "https://guide.example/1", "added_by": ""}
    monkeypatch.setitem(guide._tables, "videos", (own,))
    monkeypatch.setattr(guide, "records", GuideRecords(guide))
    clinic = Clinic(videos=(
        ClinicVideo("https://clinic.example/t", technique="ball_wall_hold"),
        ClinicVideo("https://clinic.example/p", point="gmed_2"),
        ClinicVideo("https://clinic.example/p", technique="ball_wall_hold"),
    ))  # fmt: skip
    found = [video.url for video in videos_of("gmed_2", "ball_wall_hold", guide, clinic)]
    assert found == ["https://clinic.example/p", "https://guide.example/1", "https://clinic.example/t"]


def test_a_video_of_something_the_guide_does_not_have_is_told(five_steps):
    clinic = Clinic(videos=(ClinicVideo("https://a.example", technique="ball_wal_hold"),))
    with pytest.raises(UnknownIdError, match="video 1 of the clinic: technique must be one of ball_hold"):
        handout_html(five_steps, clinic=clinic)


def test_the_leaflet_prints_the_clinics_name_and_numbers(guide):
    text = text_of(leaflet_html(guide, "en", CLINIC))
    assert "Hillside <Clinic>" in text
    assert "Stop and call 112 now" in text


def test_a_path_is_read_and_something_else_refused(five_steps, tmp_path):
    (tmp_path / "clinic.toml").write_text('name = "Hillside"\n', encoding="utf-8")
    assert "Hillside" in five_steps.to_html(clinic=tmp_path / "clinic.toml")
    with pytest.raises(FileFormatError, match=r"nothing.toml cannot be read"):
        five_steps.to_html(clinic=str(tmp_path / "nothing.toml"))
    with pytest.raises(InvalidValueError, match="clinic must be a path or a Clinic, got 7"):
        five_steps.to_html(clinic=7)


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


def test_hostile_settings_stay_words(five_steps):
    clinic = Clinic(HOSTILE, (HOSTILE,), footer=HOSTILE, videos=(
        ClinicVideo("https://a.example/%22onload=x'<b>", point="gmed_2", title=HOSTILE, link=HOSTILE[:40]),
    ))  # fmt: skip
    parsed = Page(handout_html(five_steps, clinic=clinic))
    assert len(parsed.all("script")) == 1
    assert not [name for _, attributes in parsed.elements for name in attributes if name.startswith("on")]
    assert parsed.text.count(HOSTILE) >= 3
