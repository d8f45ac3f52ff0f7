"""A harmed file of a reviewer's answers is told in one sentence or added, and the guide can be loaded afterwards."""

import csv
import io
import shutil

import pytest
from mutate import Mutator
from watch import CASES

import selfcare_kit as kit
from selfcare_kit.export.review.answers import NEEDED, apply_answers
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.review.items import items_of

COLUMNS = (*NEEDED, "guide", "version")


def answers(guide):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, (id, item) in enumerate(list(items_of(guide).items())[:8]):
        verdict, comment = (("agree", ""), ("change", "=1+1, lower"), ("unsure", "ä"))[number % 3]
        writer.writerow(
            [id, item.digest, verdict, comment, "AB", "physiotherapist", "2026-11-20", guide.id, guide.version]
        )
    return out.getvalue().encode()


@pytest.mark.slow
def test_a_harmed_file_of_answers_is_told_or_added(tmp_path, reading):
    folder = shutil.copytree(data_folder() / "hip_and_leg", tmp_path / "mine")
    path, guide = tmp_path / "answers.csv", Guide(folder)
    before = (folder / "reviews.csv").read_bytes()
    sound = answers(guide)
    for seed in range(CASES // 2):
        path.write_bytes(Mutator(seed).bytes(sound, sound))
        reading(lambda: apply_answers(path, guide), f"seed {seed}", tmp_path)
        written = (folder / "reviews.csv").read_bytes()
        assert written.startswith(before), f"seed {seed}"
        if seed % 10 == 0:
            reading(lambda: str(kit.review_of(guide=load_guide(folder))), f"seed {seed}, loaded again", tmp_path)
    assert load_guide(folder).records.reviews
    assert reading.read > 0
