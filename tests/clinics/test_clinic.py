"""A clinic's settings are checked, told in sentences, and never carry more than they show."""

import base64
import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

import selfcare_kit as kit
from selfcare_kit.clinics.logo import check_logo, read_logo
from selfcare_kit.clinics.profile import Clinic, ClinicVideo, read_clinic
from selfcare_kit.errors import FileFormatError, InvalidValueError

EXAMPLE = Path(kit.__file__).parent / "cli" / "examples" / "clinic.toml"


def picture(kind, size=(40, 30), **details):
    out = io.BytesIO()
    Image.new("RGB", size, "#2f7f5f").save(out, kind, **details)
    return out.getvalue()


def content(address):
    return base64.b64decode(address.partition(",")[2])


@pytest.fixture
def write(tmp_path):
    def write(text, logo=b""):
        if logo:
            (tmp_path / "logo.png").write_bytes(logo)
        path = tmp_path / "clinic.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_example_is_read():
    clinic = read_clinic(EXAMPLE)
    assert clinic.name == "Hillside Clinic"
    assert clinic.emergency_number == "112"
    assert [video.technique or video.point for video in clinic.videos] == ["ball_wall_hold", "fdb_1"]


def test_every_technique_that_the_example_names_is_one_of_the_guide():
    listed = re.search(r"technique \((.*?)\)", EXAMPLE.read_text("utf-8").replace("\n# ", " "))[1]
    assert sorted(re.split(", | or ", listed)) == sorted(kit.load_guide().techniques.index)


def test_the_public_names_are_there():
    assert kit.Clinic is Clinic
    assert kit.read_clinic is read_clinic


def test_all_settings_are_read(write):
    clinic = read_clinic(write(
        'name = "H"\ncontact = ["a", "b"]\nphone = "1"\nemergency_number = "112"\nurgent_number = "111"\n'
        'logo = "logo.png"\nfooter = "f"\n[[videos]]\npoint = "piri_1"\nurl = "https://a.example/v/"\n',
        picture("PNG"),
    ))  # fmt: skip
    video = ClinicVideo("https://a.example/v/", point="piri_1")
    assert (clinic.name, clinic.contact, clinic.phone) == ("H", ("a", "b"), "1")
    assert (clinic.emergency_number, clinic.urgent_number, clinic.footer) == ("112", "111", "f")
    assert clinic.logo.startswith("data:image/png;base64,")
    assert clinic.videos == (video,)
    assert video.readable == "a.example/v"


def test_a_clinic_is_a_frozen_value():
    assert Clinic("A", ["x"]) == Clinic("A", ("x",))
    assert hash(Clinic("A")) == hash(Clinic("A"))
    with pytest.raises(AttributeError):
        Clinic("A").name = "B"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("emergency = '112'", r"the clinic's file may hold name, contact, phone, .*got 'emergency'; correct or remove it"),
        ("emergency_number = 112", "emergency_number must be text, got 112; put it in quotes"),
        ("emergency_number = 'call us'", "emergency_number must be a number of digits, spaces .*got 'call us'"),
        ("phone = '- -'", "phone must be a number"),
        ("name = '''a\nb'''", "name must be one line, got"),
        (f"name = '{'x' * 61}'", "name must have at most 60 characters, got 61; shorten it"),
        ("contact = 'one line'", "contact must be a list, got 'one line'; put it in square brackets"),
        ("contact = ['1', '2', '3', '4', '5']", "contact must have at most 4 entries, got 5; remove some"),
        ("videos = ['https://a.example']", r"videos must be \[\[videos\]\] tables"),
        ("[[videos]]\nurl = 'https://a.example'", "a video must name a technique or a point, and not both"),
        ("[[videos]]\npoint = 'piri_1'", "a video's url must begin with https:// and hold no spaces, got ''"),
        ("[[videos]]\npoint = 'piri_1'\nurl = 'javascript:alert(1)'", "a video's url must begin with https://"),
        ("[[videos]]\npoint = 'piri_1'\nurl = 'https://a.example/b c'", "hold no spaces"),
        (f"[[videos]]\npoint = 'p'\nurl = 'https://a.example/{'x' * 200}'", "a video's url must have at most 200"),
        ("[[videos]]\npoints = 'piri_1'", "video 1 may hold url, technique, point, title, link, got 'points'"),
        ("logo = 'nothing.png'", "the logo 'nothing.png' cannot be read"),
        ("paper = 'A5'", "paper must be one of A4, Letter, got 'A5'"),
        ("paper = 4", "paper must be one of A4, Letter, got 4"),
        ("variant = 'Large'", "variant must be one of standard, large, black_and_white, no_figure, detailed, got 'Large'"),
        ("language = '../es'", "language must be a code such as en or es, got '../es'; correct it"),
        ("language = ['es']", r"language must be text, got \['es'\]"),
        ("path = 'x'", "the clinic's file may hold name, .*, variant, got 'path'"),
        ("name = ", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_in_a_sentence_that_names_the_file(write, text, message):
    with pytest.raises(FileFormatError, match=f"clinic.toml.*{message}") as error:
        read_clinic(write(text))
    assert "\n" not in str(error.value).replace("\\n", "")


def test_a_file_that_is_not_there_not_text_or_too_large_is_told(tmp_path):
    path = tmp_path / "clinic.toml"
    with pytest.raises(FileFormatError, match=r"clinic.toml cannot be read \(No such file"):
        read_clinic(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(FileFormatError, match="is not valid TOML"):
        read_clinic(path)
    path.write_bytes(b"#" * 100_001)
    with pytest.raises(FileFormatError, match="must be at most 100 kB"):
        read_clinic(path)


# The logo


def test_a_png_keeps_its_picture_and_loses_its_words(tmp_path):
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "somebody")
    words.add_itxt("Path", "C:/Users/somebody/logo.psd")
    path = tmp_path / "logo.png"
    path.write_bytes(picture("PNG", pnginfo=words, exif=b"Exif\0\0somebody", dpi=(300, 300)) + b"and more")
    assert b"somebody" in path.read_bytes()
    clean = content(read_logo(path))
    assert b"somebody" not in clean
    assert not clean.endswith(b"more")
    assert Image.open(io.BytesIO(clean)).getpixel((5, 5)) == (0x2F, 0x7F, 0x5F)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_picture_and_loses_its_words(tmp_path, progressive):
    path = tmp_path / "logo.jpg"
    words = {"exif": b"Exif\0\0somebody", "comment": b"somebody", "icc_profile": b"somebody" * 20}
    path.write_bytes(picture("JPEG", (200, 100), progressive=progressive, **words) + b"more")
    assert b"somebody" in path.read_bytes()
    address = read_logo(path)
    assert address.startswith("data:image/jpeg;base64,")
    clean = content(address)
    assert b"somebody" not in clean
    assert not clean.endswith(b"more")
    red, green, blue = Image.open(io.BytesIO(clean)).convert("RGB").getpixel((50, 50))
    assert abs(red - 0x2F) + abs(green - 0x7F) + abs(blue - 0x5F) < 12


def bytes_of(tmp_path, data):
    path = tmp_path / "logo.bin"
    path.write_bytes(data)
    return content(read_logo(path))


def read(tmp_path, data):
    """The picture that stands on the page, opened."""
    return Image.open(io.BytesIO(bytes_of(tmp_path, data)))


def turned(kind, orientation):
    """A picture that is red at its top when it is seen as its mark says, 20 wide and 60 high."""
    upright = Image.new("RGB", (20, 60), "white")
    upright.paste("red", (0, 0, 20, 20))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}.get(orientation)
    notes = Image.Exif()
    notes[0x0112], notes[0x8298] = orientation, "somebody"
    notes.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    stored = upright if back is None else upright.transpose(Image.Transpose(back))
    stored.save(out, kind, exif=notes, **({"lossless": True} if kind == "WEBP" else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_logo_stands_upright_however_the_camera_was_held(tmp_path, kind, orientation):
    data = turned(kind, orientation)
    assert b"somebody" in data
    seen = read(tmp_path, data)
    assert seen.size == (20, 60)
    top, bottom = seen.convert("RGB").getpixel((10, 8)), seen.convert("RGB").getpixel((10, 50))
    assert top[0] > 240
    assert top[1] < 20
    assert min(bottom) > 240
    assert not seen.getexif()
    assert b"somebody" not in bytes_of(tmp_path, data)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_a_logo_does_not_cover_stays_free(tmp_path, kind):
    drawn = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    drawn.paste((200, 0, 0, 255), (0, 0, 20, 30))
    out = io.BytesIO()
    drawn.save(out, kind)
    seen = read(tmp_path, out.getvalue()).convert("RGBA")
    assert [seen.getpixel((x, 15))[3] for x in (5, 35)] == [255, 0]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_picture_that_moves_the_first_counts(tmp_path, kind):
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#ff0000", "#0000ff")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    seen = read(tmp_path, out.getvalue())
    assert getattr(seen, "n_frames", 1) == 1
    assert seen.convert("RGB").getpixel((5, 5))[0] > 240


def test_colours_of_a_profile_are_kept_and_the_profile_is_not(tmp_path):
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Red and blue change places, so that whoever heeds the profile sees the other.
    red, blue = (profile.index(name, 128) for name in (b"rXYZ", b"bXYZ"))
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    for kind in ("PNG", "JPEG", "WEBP"):
        seen = read(tmp_path, picture(kind, icc_profile=bytes(profile)))
        assert "icc_profile" not in seen.info
        told = seen.convert("RGB").getpixel((5, 5))
        assert all(abs(a - b) < 8 for a, b in zip(told, (0x5F, 0x7F, 0x2F), strict=True)), kind


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_store_a_png_is_read(tmp_path, mode):
    grey = Image.new("L", (40, 30), 255)
    stored = Image.new("I;16", (40, 30), 0xFFFF) if mode == "I;16" else grey.convert(mode)
    out = io.BytesIO()
    stored.save(out, "PNG")
    assert read(tmp_path, out.getvalue()).convert("L").getpixel((5, 5)) == 255


def test_a_printers_jpeg_of_four_inks_is_read(tmp_path):
    out = io.BytesIO()
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(out, "JPEG")
    red, green, blue = read(tmp_path, out.getvalue()).getpixel((5, 5))
    assert red > 200
    assert max(green, blue) < 60


def test_a_png_keeps_the_numbers_by_which_its_colours_are_meant(tmp_path):
    notes = PngImagePlugin.PngInfo()
    notes.add(b"gAMA", struct.pack(">I", 100_000))
    assert read(tmp_path, picture("PNG", pnginfo=notes)).info["gamma"] == 1.0


@pytest.mark.parametrize(("kind", "mode"), [("WEBP", "RGB"), ("WEBP", "RGBA"), ("JPEG", "RGB")])
def test_a_logo_that_would_be_too_large_for_a_page_is_made_smaller(tmp_path, kind, mode):
    noise = Image.effect_noise((720, 640), 90).convert(mode)
    noise.putpixel((0, 0), (0, 0, 0, 0)[: len(mode)])
    out = io.BytesIO()
    noise.save(out, kind, quality=5)
    assert 30_000 < len(out.getvalue()) <= 200_000
    packed = bytes_of(tmp_path, out.getvalue())
    assert len(packed) <= 200_000
    seen = Image.open(io.BytesIO(packed))
    assert seen.width / seen.height == pytest.approx(9 / 8, rel=0.02)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_clean_logo_stays_as_it_is(tmp_path, kind):
    path = tmp_path / "logo.png"
    path.write_bytes(picture(kind))
    address = read_logo(path)
    assert check_logo(address) == address
    assert Clinic(logo=address).logo == address


def huge(side):
    """A PNG of few bytes that would be a picture of very many pixels."""
    parts = [b"IHDR" + struct.pack(">II5B", side, side, 8, 2, 0, 0, 0), b"IDAT" + zlib.compress(bytes(1000)), b"IEND"]
    packed = [struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts]
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "the logo must be a PNG, JPEG, WebP or GIF picture, got b.<svg"),
        (b"", "the logo must be a PNG, JPEG, WebP or GIF picture"),
        (b"GIF89a", "the logo must be a whole GIF, got a broken one"),
        (picture("GIF")[:-30], "the logo must be a whole GIF"),
        (picture("WEBP")[:-30], "the logo must be a whole WebP"),
        (b"RIFF\x04\0\0\0WAVE", "the logo must be a whole WebP"),
        (b"BM" + picture("BMP"), "the logo must be a PNG, JPEG, WebP or GIF picture"),
        (picture("PNG")[:-30], "the logo must be a whole PNG, got a broken one"),
        (picture("PNG").replace(b"IDAT", b"IDAX"), "the logo must be a whole PNG"),
        (b"\x89PNG\r\n\x1a\n", "the logo must be a whole PNG"),
        (huge(65_535), "the logo must be at most 4000 pixels wide and high, got more"),
        (huge(9_000), "the logo must be at most 4000 pixels wide and high, got 9000 by 9000"),
        (picture("PNG", (4001, 2)), "the logo must be at most 4000 pixels"),
        (picture("JPEG", (2, 4001)), "the logo must be at most 4000 pixels wide and high, got 2 by 4001"),
        (picture("JPEG")[:-30], "the logo must be a whole JPEG, got a broken one"),
        (b"\xff\xd8\xff\xd9", "the logo must be a whole JPEG"),
        (b"\xff\xd8\xff\xc0\x00\x00", "the logo must be"),
        (b"\xff" * 5000, "the logo must be a PNG, JPEG, WebP or GIF picture"),
        (b"x" * 200_001, "must be at most 200 kB, got 200,001 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_small_picture_is_refused(tmp_path, data, message):
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    with pytest.raises(InvalidValueError, match=message):
        read_logo(path)


def test_half_a_logo_is_refused_also_where_another_package_lets_it_pass(tmp_path, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    path = tmp_path / "logo.png"
    path.write_bytes(picture("PNG")[:-30])
    with pytest.raises(InvalidValueError, match="the logo must be a whole PNG"):
        read_logo(path)
    assert ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.parametrize(
    "logo",
    ["logo.png", "data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,!!!!", "data:image/png;base64,QUJD", 7, None,
     "https://a.example/logo.png"],
)  # fmt: skip
def test_a_logo_that_was_not_read_from_a_file_is_refused(logo):
    with pytest.raises(InvalidValueError, match="logo must be"):
        Clinic(logo=logo)
