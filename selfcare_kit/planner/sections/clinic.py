"""The clinic's settings: a form that checks each value as it is put in, and keeps it in the clinic's own file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from selfcare_kit.clinics.logo import logo_of
from selfcare_kit.clinics.place import FILE_NAME, clinic_file, clinic_folder, made_folder
from selfcare_kit.clinics.profile import MAX_LETTERS, Clinic, ClinicVideo, read_clinic
from selfcare_kit.clinics.save import save_clinic
from selfcare_kit.clinics.toml_file import toml_values
from selfcare_kit.errors import InvalidValueError, check_choice
from selfcare_kit.files import write_atomically
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, text_of
from selfcare_kit.planner.visit.words import choices_of_looks

# Each line of the form: its name, its label, and what stands in the empty field.
LINES = (
    ("name", "Name", "head of the page"),
    ("phone", "Questions: phone", "number to call with questions"),
    ("emergency_number", "Emergency number", "never guessed: yours"),
    ("urgent_number", "Same day number", "where there is one"),
    ("footer", "Foot of the page", "one line"),
)
USUAL_LOOKS = {"papers": "as the kit: A4", "variants": "as the kit: standard", "languages": "the guide's own"}
LOOKS = ("paper", "language", "variant")


class ClinicSection(Section):
    """The form; it is closed until it is asked for."""

    template = "clinic.html"

    def values(self) -> dict[str, Any]:
        """Return the settings that are in force, and where they lie."""
        if not self.session.shows_clinic:
            return {"is_open": False}
        clinic, guide = self.session.clinic, self.session.guide
        techniques = [(f"technique:{each.id}", each.label) for each in guide.records.techniques.values()]
        points = [(f"point:{each.id}", each.label) for each in guide.point_values.values()]
        return {
            "is_open": True,
            "lines": [(name, label, hint, getattr(clinic, name), MAX_LETTERS[name]) for name, label, hint in LINES],
            "contact": [*clinic.contact, *[""] * (4 - len(clinic.contact))],
            "logo": clinic.logo,
            "clinic": clinic,
            **{name: [("", USUAL_LOOKS[name]), *choices] for name, choices in choices_of_looks(guide).items()},
            "videos": [(self._label(video), video.readable) for video in clinic.videos],
            "subjects": [("", "technique or point"), *techniques, *points],
            "place": str(clinic_folder() / FILE_NAME),
            "file_name": FILE_NAME,
            "keeps_settings": self.session.platform.keeps_settings,
            "takes_pictures": self.session.platform.takes_pictures,
        }

    def _present(self) -> Clinic:
        """Return what the file says now, which a change must keep; raise what is wrong with it."""
        path = clinic_file()
        return read_clinic(path) if path else Clinic()

    def _label(self, video: ClinicVideo) -> str:
        guide = self.session.guide
        shown = guide.records.techniques.get(video.technique) or guide.point_values.get(video.point)
        return video.title or (shown.label if shown else video.technique or video.point)

    def do_close(self, _: Event) -> None:
        """Close the form."""
        self.session.shows_clinic = False

    def do_set(self, event: Event) -> str:
        """Keep one setting; an empty value takes it out."""
        name, value = text_of(event, "name"), text_of(event).strip()
        if name.startswith("contact"):
            lines = [*self._present().contact, *[""] * 4]
            lines[int(name[-1:])] = value
            return self._saved({"contact": [line for line in lines if line]})
        return self._saved({check_choice("setting", name, (*(each for each, *_ in LINES), *LOOKS)): value})

    def do_logo(self, event: Event) -> str:
        """Keep a picture as the logo."""
        content = bytes(event["buffers"][0]) if event["buffers"] else b""
        return self._saved(replace(self._present(), logo=logo_of(content)))

    def do_no_logo(self, _: Event) -> str:
        """Take the logo out."""
        return self._saved({"logo": ""})

    def do_video(self, event: Event) -> str:
        """Add a video of a technique or a point by its address."""
        private = event.get("with")
        fields = private if isinstance(private, dict) else {}
        kind, _, id = text_of(fields, "subject").partition(":")
        if kind not in ("technique", "point"):
            raise InvalidValueError("a video must be of a technique or a point, got neither; choose what it shows.")
        video = ClinicVideo(url=text_of(fields, "url").strip(), title=text_of(fields, "title").strip(), **{kind: id})
        self.widget.forget()
        return self._saved({"videos": [*self._present().videos, video]})

    def do_no_video(self, event: Event) -> str:
        """Take a video out."""
        videos, index = self._present().videos, text_of(event, "id")
        kept = [video for number, video in enumerate(videos) if str(number) != index]
        return self._saved({"videos": kept})

    def do_save(self, _: Event) -> str:
        """Send the settings as a file to be saved, and the picture of their logo as another."""
        path = clinic_file()
        if path is None:
            raise InvalidValueError("there must be a setting before it can be saved, got none; fill in a field.")
        contents = {FILE_NAME: path.read_bytes()}
        logo = toml_values(contents[FILE_NAME], FILE_NAME).get("logo")
        if logo:
            contents[Path(logo).name] = (path.parent / logo).read_bytes()
        for name, content in contents.items():
            file = {"name": name, "type": "application/octet-stream", "print": False}
            self.widget.send_to_sender({"file": file}, [content])
        return f"Saved {' and '.join(contents)}. Nothing about a client is in it."

    def do_open(self, event: Event) -> str:
        """Take the settings of a file, and the picture of the logo that was chosen with it."""
        names = [Path(name).name for name in text_of(event).split("\n")]
        settings = [name for name in names if name.endswith(".toml")]
        if len(settings) != 1:
            raise InvalidValueError(f"the settings are one file such as {FILE_NAME}, got {len(settings)}; choose one.")
        contents = {
            FILE_NAME if name in settings else name: each for name, each in zip(names, event["buffers"], strict=True)
        }
        with TemporaryDirectory() as folder:
            self._write(Path(folder), contents)
            read_clinic(Path(folder) / FILE_NAME)
        self._write(made_folder(clinic_folder()), contents)
        self.session.use_clinic(clinic_folder() / FILE_NAME)
        return f"The settings of {settings[0]} are in force."

    def _write(self, folder: Path, contents: dict[str, Any]) -> None:
        for name, content in contents.items():
            write_atomically(folder / name, bytes(content))

    def _saved(self, settings: Any) -> str:
        path = save_clinic(settings, None if isinstance(settings, Clinic) else clinic_folder() / FILE_NAME)
        self.session.use_clinic(path)
        kept = f"Saved in {path.name}" if self.session.platform.keeps_settings else "Set until this page is closed"
        return f"{kept}. Nothing about a client is in it."
