"""Where there is no Pillow, only a picture that holds nothing else is a logo."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from selfcare_kit.clinics import logo
from selfcare_kit.clinics.bare_picture import bare_kind
from selfcare_kit.clinics.logo import check_logo, logo_of
from selfcare_kit.errors import InvalidValueError


def picture(kind, mode="RGB", **options):
    made = io.BytesIO()
    Image.linear_gradient("L").convert(mode).save(made, kind, **options)
    return made.getvalue()


def noted(kind):
    note = Image.Exif()
    note[0x010E] = "C-104"
    return picture(kind, exif=note)


@pytest.mark.parametrize("kind", ["png", "jpeg"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_what_the_kit_makes_of_a_picture_is_bare(kind, mode):
    made = base64.b64decode(logo_of(noted(kind) if mode == "RGB" else picture(kind, mode)).partition(",")[2])
    assert bare_kind(made) == kind


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_picture_with_a_note_a_tail_or_a_lost_end_is_not_bare(kind):
    bare = picture(kind)
    assert bare_kind(bare) == kind
    assert [bare_kind(each) for each in (noted(kind), bare + b"C-104", bare[:-9], bare[:20], b"")] == [""] * 5


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_without_pillow_a_bare_picture_is_taken_as_it_is_and_another_is_refused(monkeypatch, kind):
    monkeypatch.setattr(logo, "find_spec", lambda name: None)
    made = logo_of(picture(kind))
    assert base64.b64decode(made.partition(",")[2]) == picture(kind)
    assert check_logo(made) == made
    with pytest.raises(
        InvalidValueError, match="a PNG or JPEG that holds the picture and nothing else, got one with more"
    ):
        logo_of(noted(kind))
