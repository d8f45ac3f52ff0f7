"""A copy of the built-in guide, with answers of made-up reviewers in it."""

import csv
import shutil

from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide, built_in
from selfcare_kit.guide.schema import tables
from selfcare_kit.review.items import items_of, point_items
from selfcare_kit.review.notice import items_behind

FIVE = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2")


def copied(tmp_path, name="mine"):
    return shutil.copytree(data_folder() / "hip_and_leg", tmp_path / name)


def answer(item, verdict="agree", *, by="AB", profession="physiotherapist", day="2026-11-20", comment="", digest=""):
    """A row of reviews.csv on what the built-in guide says now."""
    guide = built_in()
    digest = digest or items_of(guide)[item].digest
    return [item, digest, verdict, comment, by, profession, day, guide.id, guide.version]


def answers_on(points, **more):
    return [answer(item, **more) for point in points for item in point_items(point)]


def answers_on_the_rest(points, **more):
    return [answer(item, **more) for item in items_behind(built_in(), points)]


def with_answers(folder, rows):
    """The guide in a folder after some rows were written to its reviews."""
    with (folder / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([tables()["reviews"].names, *rows])
    return Guide(folder)


def edited(folder, table, old, new):
    path = folder / table
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (table, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def changed_items(folder):
    """Ids of the items of which an agreement to the built-in guide counts no more."""
    before, after = items_of(built_in()), items_of(Guide(folder))
    assert before.keys() == after.keys()
    return [id for id, item in before.items() if item.digest not in after[id].digests]
