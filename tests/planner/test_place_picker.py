"""The place picker without a browser: what a view would send is sent, and what it would show is read."""

from __future__ import annotations

import gc
import json
import math
import shutil
import subprocess
import sys
import tomllib
import zlib

import pytest

import selfcare_kit as kit
from selfcare_kit.body.place.places import places_of
from selfcare_kit.errors import GuideError, InvalidValueError, UnknownIdError
from selfcare_kit.guide.cells import read_table
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.scaffold.example import example_answers
from selfcare_kit.guide.schema import tables
from selfcare_kit.jupyter.privacy import PLAIN_TEXT
from selfcare_kit.planner.picking import picking as rules
from selfcare_kit.planner.picking.picking import place_of

from .conftest import Shown

SOLEUS = {"view": "back", "x": -10.4, "y": 25.4}


class Hand:
    """A picker that is shown, with what its view sends and gets."""

    def __init__(self, *arguments, **options):
        self.picker = kit.PlacePicker(*arguments, **options)
        self.picker._repr_mimebundle_()
        self.widget = self.picker._widget
        self.count = 0

    def tell(self, act, **more):
        """Send an event; return the messages that are sent back."""
        sent = []
        self.widget.send = lambda content, buffers=None: sent.append((content, buffers))
        self.count += 1
        self.widget._handle_custom_msg({"do": act, "from": "view", "seq": self.count, **more}, [])
        del self.widget.send
        assert [each.get("seq") for each, _ in sent].count(self.count) == 1
        return sent

    @property
    def page(self):
        return Shown(self.widget.html)

    @property
    def figure(self):
        return self.widget.figure

    def radio(self):
        """The rule that is chosen on the page."""
        found = [each for each in self.page.all("input", do="rule") if each.get("checked") is not None]
        return [each.get("value") for each in found]


@pytest.fixture
def hand():
    return Hand("back")


@pytest.fixture
def picked(hand):
    hand.tell("spot", **SOLEUS)
    return hand


def test_a_spot_is_told_with_its_area_its_surface_and_three_rules(picked):
    assert "Calf back" in picked.page.text
    assert "Back view, x -10.4, y 25.4 cm; back of the body" in picked.page.text
    assert [each.get("value") for each in picked.page.all("input", do="rule")] == ["1", "2", "3", "own"]
    assert picked.radio() == ["1"]
    assert picked.picker.picked == kit.PlacePicker("back").at(-10.4, 25.4)
    assert picked.picker.rule == picked.picker.picked.rules[0]


def test_another_rule_is_chosen_by_its_number(picked):
    picked.tell("rule", value="3")
    assert picked.radio() == ["3"]
    assert picked.picker.rule == picked.picker.picked.rules[2]


def test_ones_own_landmarks_begin_as_those_chosen_before_and_tell_the_same_place(picked):
    before = picked.picker.rule
    picked.tell("rule", value="own")
    assert picked.picker.rule[:2] == before[:2]
    picked.tell("landmark", name="from", value="popliteal_crease")
    picked.tell("landmark", name="to", value="calf_belly_end")
    rule = picked.picker.rule
    assert rule == picked.picker.picked.between("popliteal_crease", "calf_belly_end")
    assert math.dist(place_of(rule, picked.picker.picked.landmarks), picked.picker.picked.xyz) < 0.5
    picked.tell("landmark", name="to", value="")
    assert picked.picker.rule.to_landmark == ""


def test_the_nearest_landmarks_come_first_and_none_that_no_hand_feels(picked):
    picked.tell("rule", value="own")
    offered = [each.get("value") for each in picked.page.one("select", name="from")]
    assert offered[1] == "calf_belly_end"
    assert "knee_joint" not in offered


def test_ones_own_landmarks_stay_when_the_spot_moves(picked):
    picked.tell("rule", value="own")
    own = picked.picker.rule[:2]
    picked.tell("spot", view="back", x=-10.4, y=25.9)
    assert picked.picker.rule[:2] == own
    assert picked.radio() == ["own"]


def test_beside_the_body_nothing_is_picked_and_the_spot_can_be_moved_on(picked):
    picked.tell("spot", view="back", x=0, y=60)
    assert picked.picker.picked is None
    assert picked.picker.answers == {}
    assert "no skin to pick here" in picked.page.text
    assert not picked.page.all("input", do="rule")
    assert picked.figure["spot"] == (0, 60)
    picked.tell("spot", view="back", x=-10, y=60)
    assert picked.picker.picked.area == "thigh_back"


def test_the_figure_shows_the_construction_of_the_rule(picked):
    picked.tell("spot", view="back", x=-9, y=38)
    grid = picked.picker._grid("back")
    rule = picked.picker.rule
    assert picked.figure["line"] == [grid.project(grid.landmarks[id]) for id in rule[:2]]
    (ax, ay), (bx, by) = picked.figure["line"]
    foot = (ax + rule.fraction * (bx - ax), ay + rule.fraction * (by - ay))
    assert picked.figure["foot"] == pytest.approx(foot, abs=0.01)
    assert picked.figure["place"] == pytest.approx((-9, 38), abs=0.5)


def test_the_place_is_seen_in_the_views_that_look_at_it(picked):
    assert {view for view, *_ in picked.figure["elsewhere"]} == {"back", "oblique", "inner"}
    sole = Hand("sole")
    sole.tell("spot", view="sole", x=11, y=8)
    assert {view for view, *_ in sole.figure["elsewhere"]} == {"sole", "inner"}


def test_another_view_shows_the_same_place_and_says_when_it_looks_at_the_other_side(picked):
    place = picked.picker.picked
    picked.tell("view", value="oblique")
    assert (picked.picker.view, picked.picker.picked) == ("oblique", place)
    assert picked.figure["seen"]
    picked.tell("view", value="front")
    assert not picked.figure["seen"]
    assert "on the other side of the body here" in picked.page.text
    assert picked.picker.picked == place


def test_the_answers_and_the_row_are_copied_as_they_stand(picked):
    ((message, _), *_) = picked.tell("copy", id="toml")
    assert (
        tomllib.loads(message["copy"]) == picked.picker.answers == {**picked.picker.rule.answers, "area": "calf_back"}
    )
    ((message, _), *_) = picked.tell("copy", id="row")
    assert message["copy"].split(",") == list(picked.picker.row("point_1").values())
    picked.tell("copied", value=True)
    assert "Copied." in picked.page.text
    picked.tell("copied", value=False)
    assert "does not let the page copy" in picked.page.text


def test_the_answers_make_a_guide_that_passes(picked, tmp_path):
    answers = example_answers()
    point = answers["points"][1]
    kept = {name: point[name] for name in ("muscle", "label", "main", "also", "technique", "cautions", "client")}
    answers["points"][1] = {**kept, **picked.picker.answers}
    assert not [each for each in kit.check_guide(kit.new_guide(answers, tmp_path / "mine")) if not each.is_note]


def test_a_row_has_the_columns_of_the_table(picked):
    row = picked.picker.row("soleus_1")
    assert ",".join(row) == (kit.load_guide().folder / "places.csv").read_text("utf-8").splitlines()[0]
    assert (row["id"], row["surface"]) == ("soleus_1", "back")


def test_a_row_without_a_place_is_refused():
    with pytest.raises(InvalidValueError, match="a row needs a place, got none picked"):
        kit.PlacePicker("back").row("soleus_1")


@pytest.mark.parametrize(
    "event",
    [
        {"do": "rule", "value": "7"}, {"do": "landmark", "name": "from", "value": "knee"}, {"do": "view", "value": "top"},
        {"do": "spot", "view": "back", "x": "a", "y": None}, {"do": "spot", "view": "back", "x": math.inf, "y": 2},
        {"do": "copy", "id": "all"}, {"do": "nothing"},
    ],
)  # fmt: skip
def test_what_no_view_sends_changes_nothing_and_is_answered(picked, event):
    before = picked.picker._picking
    picked.tell(event.pop("do"), **event)
    assert picked.picker._picking == before


def test_python_picks_as_a_click_does_and_an_open_view_shows_it(hand):
    hand.picker.pick(-10.4, 25.4)
    assert hand.picker.answers["area"] == "calf_back"
    assert "Calf back" in hand.page.text
    with pytest.raises(InvalidValueError, match="a spot must lie on the body"):
        hand.picker.pick(0, 60)


def test_a_view_that_opens_gets_the_drawings_once_and_what_is_picked(picked):
    ((message, (packed,)),) = picked.tell("ready")
    drawings = json.loads(zlib.decompress(packed))
    assert set(drawings) == set(kit.atlas().views)
    assert message["figure"] == picked.figure
    for name, drawing in drawings.items():
        assert kit.atlas().view(name).contains(*drawing["begin"]), name
    assert not any("drawings" in each for each, _ in picked.tell("view", value="side"))


def test_no_synced_trait_holds_what_is_picked(picked):
    assert "calf_back" not in json.dumps(picked.widget.get_state(), default=str).replace(str(picked.widget._esm), "")
    assert not {"html", "figure"} & set(picked.widget.get_state())


def test_it_shows_itself_as_a_widget_and_as_a_picture_where_there_is_no_kernel(picked):
    bundle = picked.picker._repr_mimebundle_()
    assert bundle["text/plain"] == "PlacePicker('back')" != PLAIN_TEXT
    assert bundle["image/svg+xml"] == picked.picker.to_svg(picked.picker.picked)
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.slow
def test_plain_python_needs_no_widget():
    code = "import sys, selfcare_kit as kit; kit.PlacePicker('back').pick(-10.4, 25.4).rules; print('anywidget' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_landmarks_of_a_guide_can_be_chosen(guide):
    own = Hand("sole", guide=guide)
    own.tell("spot", view="sole", x=11, y=8)
    own.tell("rule", value="own")
    assert "metatarsal_heads_2_4" in [each.get("value") for each in own.page.one("select", name="from")]


# Pain


@pytest.fixture
def drawing(hand):
    hand.tell("tool", value="primary")
    hand.tell("node", view="back", x=-9.5, y=16)
    return hand


def shapes(hand, view="back"):
    return [kind for kind, _ in hand.figure["zones"][view]]


def test_each_spot_draws_the_shape_on_and_says_what_lies_under_it(drawing):
    drawing.tell("node", view="back", x=-9.5, y=4)
    (zone,) = drawing.picker._picking.pain.zones
    assert (zone.kind, zone.surface, len(zone.nodes)) == ("primary", "back", 2)
    assert "1 shape, 2 spots, over: calf inner, ankle inner, achilles" in drawing.page.text
    assert shapes(drawing) == ["primary"]


def test_a_spot_on_the_right_is_the_same_spot_of_the_left(drawing):
    drawing.tell("node", view="back", x=9.5, y=16)
    first, second = drawing.picker._picking.pain.zones[0].nodes
    assert second.xyz == pytest.approx(first.xyz, abs=0.3)
    assert first.xyz[0] > 0


def test_a_new_shape_and_another_kind_are_numbered_within_their_kind(drawing):
    drawing.tell("shape")
    drawing.tell("node", view="back", x=-10, y=35)
    drawing.tell("tool", value="spillover")
    drawing.tell("node", view="back", x=-10, y=60)
    keys = [(zone.kind, zone.number) for zone in drawing.picker._picking.pain.zones]
    assert keys == [("primary", 1), ("primary", 2), ("spillover", 1)]
    assert shapes(drawing) == ["spillover", "primary"]


def test_the_same_shape_in_another_view_is_another_surface_of_it(drawing):
    drawing.tell("view", value="side")
    drawing.tell("node", view="side", x=0, y=16)
    keys = [(zone.number, zone.surface) for zone in drawing.picker._picking.pain.zones]
    assert keys == [(1, "back"), (1, "side")]


def test_wider_and_narrower_change_the_last_spot_and_the_next_within_limits(drawing):
    drawing.tell("wider")
    drawing.tell("node", view="back", x=-9.5, y=8)
    assert [node.radius for node in drawing.picker._picking.pain.zones[0].nodes] == [2.25, 2.25]
    for _ in range(40):
        drawing.tell("narrower")
    assert [node.radius for node in drawing.picker._picking.pain.zones[0].nodes] == [2.25, 0.5]
    assert drawing.figure["width"] == 1


def test_undo_takes_back_the_last_spot_the_removal_and_the_place(drawing):
    drawing.tell("clear")
    assert drawing.picker.zone_rows() == ()
    drawing.tell("undo")
    assert len(drawing.picker.zone_rows()) == 1
    drawing.tell("undo")
    assert drawing.picker.zone_rows() == ()
    drawing.tell("undo")
    assert "There is nothing to undo." in drawing.page.text
    drawing.tell("tool", value="place")
    drawing.tell("spot", **SOLEUS)
    drawing.tell("undo")
    assert drawing.picker.picked is None


def test_beside_the_body_nothing_is_drawn_and_it_says_why(drawing):
    before = drawing.picker._picking
    drawing.tell("node", view="back", x=0, y=60)
    assert drawing.picker._picking == before
    assert "must lie on the body" in drawing.page.text


def test_drawing_pain_never_moves_the_place(picked):
    place = picked.picker.rule
    picked.tell("tool", value="primary")
    picked.tell("node", view="back", x=-9.5, y=8)
    picked.tell("tool", value="place")
    assert picked.picker.rule == place


def test_python_draws_as_clicks_do(drawing):
    drawing.tell("node", view="back", x=-9.5, y=8)
    picker = kit.PlacePicker("back")
    picker.draw_pain((-9.5, 16), (-9.5, 8))
    assert picker.zone_rows("soleus_1") == drawing.picker.zone_rows("soleus_1")
    assert list(picker.zone_rows("soleus_1")[0]) == list(tables()["zones"].names)


def test_the_rows_are_copied_as_they_stand(drawing):
    ((message, _), *_) = drawing.tell("copy", id="zones")
    assert message["copy"].split(",") == list(drawing.picker.zone_rows()[0].values())


# A point of a guide


def test_a_point_is_opened_where_its_table_places_it_in_the_view_that_looks_at_it(guide):
    for point, view in {"sol_1": "back", "ta_1": "front", "gmed_2": "side", "fdb_1": "sole"}.items():
        picker = kit.PlacePicker(guide=guide, point=point)
        assert picker.view == view, point
        row = next(row for row in guide.records.places if row.id == point)
        assert (picker.rule.from_landmark, picker.rule.to_landmark) == (row.from_landmark, row.to_landmark)
        assert picker.rule.up == pytest.approx(row.offset_up or 0)


def test_a_point_that_is_opened_and_left_alone_has_nothing_to_save(own):
    before = {path.name: path.read_bytes() for path in own.folder.rglob("*.csv")}
    picker = kit.PlacePicker(guide=own, point="soleus_1")
    with pytest.raises(InvalidValueError, match="there is nothing to save"):
        picker.save()
    assert {path.name: path.read_bytes() for path in own.folder.rglob("*.csv")} == before


def test_what_is_picked_and_drawn_is_saved_and_opened_again(own):
    hand = Hand(guide=own, point="soleus_1")
    hand.tell("spot", view="back", x=-10.4, y=20)
    hand.tell("tool", value="primary")
    hand.tell("node", view="back", x=-9.5, y=10)
    place, rule = hand.picker.picked, hand.picker.rule
    hand.tell("save")
    assert "Saved in places.csv and zones.csv" in hand.page.text
    again = kit.PlacePicker(guide=kit.load_guide(own.folder), point="soleus_1")
    assert again.picked.xyz == pytest.approx(place.xyz, abs=0.5)
    assert again.rule[:6] == rule[:6]
    assert [(row["kind"], row["radius_cm"]) for row in again.zone_rows()] == [("primary", "2")]


def test_only_what_was_changed_is_written(own):
    picker = kit.PlacePicker(guide=own, point="soleus_1")
    picker.draw_pain((-9.5, 10))
    assert picker.save() == ("zones.csv",)
    picker.pick(-10.4, 20)
    assert picker.save() == ("places.csv",)


def test_the_card_is_that_of_the_page_with_the_place_that_is_picked(own):
    hand = Hand(guide=own, point="soleus_1")
    assert hand.figure["card"] == ""
    hand.tell("card")
    before = hand.figure["card"]
    assert "Feel for the sore spot two finger widths lower" in before
    assert "Not for a client" in before
    hand.tell("spot", view="back", x=-10.4, y=14)
    assert hand.figure["card"] != before
    assert own.table("places") == kit.load_guide(own.folder).table("places")
    hand.tell("card")
    assert hand.figure["card"] == ""


def test_the_kits_own_points_are_shown_and_offered_no_saving(guide):
    hand = Hand(guide=guide, point="gmed_2")
    assert shapes(hand, "side")
    assert not hand.page.all("button", do="save")
    hand.tell("tool", value="primary")
    hand.tell("node", view="side", x=0, y=70)
    hand.tell("save")
    assert "kit's own guide is not changed" in hand.page.text


def test_areas_under_the_pain_that_the_table_does_not_name_are_told(own):
    hand = Hand(guide=own, point="soleus_1")
    hand.tell("tool", value="primary")
    hand.tell("node", view="back", x=-10, y=70)
    assert 'Not named in referrals.csv as "felt mainly": thigh back' in hand.page.text


@pytest.mark.parametrize("act", ["card", "save"])
def test_a_card_and_saving_need_a_point(hand, act):
    hand.tell(act)
    assert "This needs a point of a guide" in hand.page.text
    hand.tell("view", value="side")
    assert hand.figure["view"] == "side"


def test_a_point_that_the_guide_lacks_is_refused(guide):
    with pytest.raises(UnknownIdError, match="point must be one of"):
        kit.PlacePicker(guide=guide, point="nothing_1")


def test_the_picture_shows_the_pain_on_both_sides_too(drawing):
    picture = drawing.picker.to_svg()
    assert picture.count('fill-opacity="0.4"') == 2
    assert 'fill-opacity="0.4"' not in kit.PlacePicker("back").to_svg()


@pytest.fixture(scope="module")
def copied(guide, tmp_path_factory):
    """The built-in guide as somebody's own: its zones, lanes, cun and points that are only shown."""
    return kit.load_guide(shutil.copytree(guide.folder, tmp_path_factory.mktemp("copy") / "mine"))


def test_every_point_opens_where_its_table_places_it_with_its_zones(copied):
    for point in copied.point_values:
        picker = kit.PlacePicker(guide=copied, point=point)
        place = places_of(copied).of(point)[0]
        assert place_of(picker.rule, places_of(copied).landmarks) == pytest.approx(place.xyz, abs=0.02), point
        own = [row for row in read_table(copied.folder / "zones.csv") if row["point"] == point]
        assert sorted(map(str, picker.zone_rows())) == sorted(map(str, own)), point


def test_a_card_that_there_is_not_is_told_and_the_picker_goes_on(copied):
    shown_only = [id for id, point in copied.point_values.items() if point.show_only]
    assert shown_only
    for point in shown_only:
        hand = Hand(guide=copied, point=point)
        hand.tell("card")
        assert "There is no card:" in hand.page.text, point
        hand.tell("view", value="front")
        assert hand.figure["view"] == "front"


def test_a_node_that_is_drawn_on_leaves_the_rows_of_the_others_as_they_are(copied):
    picker = kit.PlacePicker(guide=copied, point="gmax_1")
    before = picker.zone_rows()
    picker.draw_pain((-8, 70), kind="spillover")
    after = picker.zone_rows()
    assert [row for row in after if row in before] == list(before)
    assert len(after) == len(before) + 1
    assert after[-1]["basis"] == ""


def test_a_place_that_is_told_anew_keeps_its_source_and_one_that_moved_does_not(copied):
    picker = kit.PlacePicker(guide=copied, point="sol_1")
    (place, *_), zones = picker._point.changes(rules.choose(picker._picking, "2"))
    assert zones is None
    row = next(row for row in read_table(copied.folder / "places.csv") if row["id"] == "sol_1")
    assert (place["basis"], place["source"], place["uncertainty_cm"]) == (
        row["basis"],
        row["source"],
        row["uncertainty_cm"],
    )
    picker.pick(-10.4, 34)
    (place, *_), _ = picker._point.changes(picker._picking)
    assert (place["basis"], place["source"], place["uncertainty_cm"]) == ("", "", row["uncertainty_cm"])


def test_a_point_with_several_places_says_that_the_others_stay(copied):
    several = next(row.id for row in copied.records.places if row.id in copied.point_values and row.n == 2)
    assert "the others are in places.csv" in Hand(guide=copied, point=several).page.text
    assert "the others are in places.csv" not in Hand(guide=copied, point="sol_1").page.text


def test_a_click_is_what_the_view_meant_however_late_the_answers_are(picked):
    rule = picked.picker.rule
    picked.tell("node", view="back", x=-9.5, y=8, tool="primary")
    assert [zone.kind for zone in picked.picker._picking.pain.zones] == ["primary"]
    assert picked.picker.rule == rule
    picked.tell("spot", view="back", x=-10, y=30, tool="place")
    assert picked.picker.rule != rule


def test_after_an_undo_another_kind_begins_a_shape_of_its_own(copied):
    hand = Hand(guide=copied, point="gmax_1")
    before = hand.picker.zone_rows()
    hand.tell("tool", value="primary")
    hand.tell("node", view="back", x=-8, y=70)
    hand.tell("tool", value="spillover")
    hand.tell("undo")
    hand.tell("wider")
    assert hand.picker.zone_rows() == before
    hand.tell("node", view="back", x=-8, y=60)
    assert [row for row in hand.picker.zone_rows() if row in before] == list(before)


def test_a_kind_that_python_drew_between_two_clicks_leaves_the_next_a_shape_of_its_own(drawing):
    drawing.picker.draw_pain((-10, 70), kind="spillover")
    drawing.tell("node", view="back", x=-9.5, y=8)
    keys = [(zone.kind, zone.number) for zone in drawing.picker._picking.pain.zones]
    assert keys == [("primary", 1), ("spillover", 1), ("primary", 2)]


def test_a_refusal_names_a_file_as_it_is_called(own):
    hand = Hand(guide=own, point="soleus_1")
    hand.tell("spot", view="back", x=-10.4, y=60)
    hand.tell("save")
    assert "points.csv, row 3" in hand.page.text
    assert "nothing was saved" in hand.page.text


def test_pain_is_not_drawn_where_a_view_shows_two_sides(drawing):
    drawing.tell("view", value="oblique")
    drawing.tell("node", view="oblique", x=-8, y=75)
    assert "turn to Side or Back" in drawing.page.text
    assert len(drawing.picker.zone_rows()) == 1


@pytest.mark.parametrize(
    ("spots", "options", "message"),
    [
        (((-9.5, 10),), {"width": 30}, "width must be a number from 1 to 16 cm"),
        (((-9.5, 10),), {"width": math.nan}, "width must be"),
        (((-9.5, 10),), {"width": "4"}, "width must be"),
        ((-9.5, 10), {}, "spots must be pairs"),
        ((), {}, "spots must be pairs"),
        (((-9.5, 10),), {"kind": "main"}, "kind must be"),
        (((0, 60),), {}, "must lie on the body"),
    ],
)
def test_pain_that_cannot_be_drawn_is_refused_with_what_is_allowed(spots, options, message):
    picker = kit.PlacePicker("back")
    with pytest.raises(InvalidValueError, match=message):
        picker.draw_pain(*spots, **options)
    assert picker.zone_rows() == ()


@pytest.mark.slow
def test_a_guide_in_memory_does_not_outlive_what_was_drawn(own):
    hand = Hand(guide=own, point="soleus_1")
    hand.tell("card")
    for y in range(12, 36):
        hand.tell("spot", view="back", x=-10.4, y=y)
    gc.collect()
    alive = [each for each in gc.get_objects() if isinstance(each, Guide) and each.folder == own.folder]
    # The places of the last eight guides are kept.
    assert len(alive) <= 10


def test_saving_twice_keeps_what_was_edited_by_hand_between_or_says_so(own):
    picker = kit.PlacePicker(guide=own, point="soleus_1")
    picker.draw_pain((-9.5, 10))
    picker.save()
    path = own.folder / "zones.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",2,,", ",3.3,known,KIT"), "utf-8-sig")
    picker.draw_pain((-9.5, 30))
    with pytest.raises(GuideError, match="changed in zones.csv after it was opened"):
        picker.save()
    again = kit.PlacePicker(guide=kit.load_guide(own.folder), point="soleus_1")
    again.draw_pain((-9.5, 30))
    again.save()
    assert [(row["radius_cm"], row["source"]) for row in read_table(path)] == [("3.3", "KIT"), ("2", "")]


def test_an_unknown_view_is_refused_with_those_there_are(guide):
    with pytest.raises(InvalidValueError, match="view must be one of front, back"):
        kit.PlacePicker("bck", guide=guide, point="sol_1")
