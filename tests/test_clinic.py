"""A clinic's settings are checked, told in sentences, and never carry more than they show."""

import base64
import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

import selfcare_kit as kit
from selfcare_kit.clinic import Clinic, ClinicVideo, clinic_in, read_clinic
from selfcare_kit.errors import FileFormatError, InvalidValueError
from selfcare_kit.logo import check_logo, read_logo

EXAMPLE = Path(__file__).parents[1] / "docs" / "clinic.toml"


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


def test_the_example_of_the_docs_is_read():
    clinic = read_clinic(EXAMPLE)
    assert clinic.name == "Hillside Clinic"
    assert clinic.emergency_number == "112"
    assert [video.technique or video.point for video in clinic.videos] == ["ball_wall_hold", "fdb_1"]


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


def test_the_file_of_a_folder_is_found(tmp_path, write):
    assert clinic_in(tmp_path) is None
    assert clinic_in(tmp_path / "nowhere") is None
    path = write("")
    assert clinic_in(tmp_path) == path
    assert read_clinic(path) == Clinic()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("emergency = '112'", r"the clinic's file may hold name, contact, phone, .*got 'emergency'; correct or remove it"),
        ("emergency_number = 112", "emergency_number must be text, got 112; put it in quotes"),
        ("emergency_number = 'call us'", "emergency_number must be a number of digits, blanks .*got 'call us'"),
        ("phone = '- -'", "phone must be a number"),
        ("name = '''a\nb'''", "name must be one line, got"),
        (f"name = '{'x' * 61}'", "name must have at most 60 characters, got 61; shorten it"),
        ("contact = 'one line'", "contact must be a list, got 'one line'; put it in square brackets"),
        ("contact = ['1', '2', '3', '4', '5']", "contact must have at most 4 entries, got 5; remove some"),
        ("videos = ['https://a.example']", r"videos must be \[\[videos\]\] tables"),
        ("[[videos]]\nurl = 'https://a.example'", "a video must name a technique or a point, and not both"),
        ("[[videos]]\npoint = 'piri_1'", "a video's url must begin with https:// and hold no blanks, got ''"),
        ("[[videos]]\npoint = 'piri_1'\nurl = 'javascript:alert(1)'", "a video's url must begin with https://"),
        ("[[videos]]\npoint = 'piri_1'\nurl = 'https://a.example/b c'", "hold no blanks"),
        (f"[[videos]]\npoint = 'p'\nurl = 'https://a.example/{'x' * 200}'", "a video's url must have at most 200"),
        ("[[videos]]\npoints = 'piri_1'", "video 1 may hold url, technique, point, title, link, got 'points'"),
        ("logo = 'nothing.png'", "the logo 'nothing.png' cannot be read"),
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


def test_a_clean_logo_stays_as_it_is(tmp_path):
    path = tmp_path / "logo.png"
    path.write_bytes(picture("PNG"))
    address = read_logo(path)
    assert check_logo(address) == address
    assert Clinic(logo=address).logo == address


def huge():
    head = struct.pack(">II5B", 65_535, 65_535, 8, 2, 0, 0, 0)
    part = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(head)) + part + struct.pack(">I", zlib.crc32(part))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "the logo must be a PNG or JPEG picture, got b.<svg"),
        (b"", "the logo must be a PNG or JPEG picture"),
        (b"GIF89a", "the logo must be a PNG or JPEG picture"),
        (picture("PNG")[:-30], "the logo must be a whole PNG, got a broken one"),
        (picture("PNG").replace(b"IDAT", b"IDAX"), "the logo must be a whole PNG"),
        (b"\x89PNG\r\n\x1a\n", "the logo must be a whole PNG"),
        (huge(), "the logo must be at most 4000 pixels wide and high, got 65535 by 65535"),
        (picture("PNG", (4001, 2)), "the logo must be at most 4000 pixels"),
        (picture("JPEG", (2, 4001)), "the logo must be at most 4000 pixels wide and high, got 2 by 4001"),
        (picture("JPEG")[:-30], "the logo must be a whole JPEG, got a broken one"),
        (b"\xff\xd8\xff\xd9", "the logo must be a whole JPEG"),
        (b"\xff\xd8\xff\xc0\x00\x00", "the logo must be"),
        (b"\xff" * 5000, "the logo must be a PNG or JPEG picture"),
        (b"x" * 200_001, "must be at most 200 kB, got 200,001 bytes"),
    ],
)  # fmt: skip
def test_what_is_no_small_picture_is_refused(tmp_path, data, message):
    path = tmp_path / "logo.png"
    path.write_bytes(data)
    with pytest.raises(InvalidValueError, match=message):
        read_logo(path)


@pytest.mark.parametrize(
    "logo",
    ["logo.png", "data:image/svg+xml;base64,PHN2Zy8+", "data:image/png;base64,!!!!", "data:image/png;base64,QUJD", 7, None,
     "https://a.example/logo.png"],
)  # fmt: skip
def test_a_logo_that_was_not_read_from_a_file_is_refused(logo):
    with pytest.raises(InvalidValueError, match="logo must be"):
        Clinic(logo=logo)
