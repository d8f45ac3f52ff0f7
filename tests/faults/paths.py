"""The ways through the kit that a locale or a clock could bend; a script that prints a digest of each as JSON."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import locale
import re
import sys
import tempfile
from pathlib import Path

locale.setlocale(locale.LC_ALL, "")

import selfcare_kit as kit
from selfcare_kit.batches.client_request import COLUMNS
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.routine import routine_from_bytes

DAY = datetime.date.today()


def digest(content):
    content = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(content).hexdigest()[:16]


def ways():
    guide = kit.load_guide()
    screening = kit.screen(yes=["c01", "C12"], where={"C12": ["FOOT TOP"]})
    complaint = {"Outer Hip": {"side": "left", "sensations": ["ache"], "pain": 6}, "shin": {"side": "right"}}
    found = kit.suggest(complaint, side="left", screening=screening)
    routine = kit.Routine.from_suggestions(found.top(5), title="İIıi Straße, 1,5", code="C-104")
    for name, kind in KINDS.items():
        # Without extras they are skipped by name, below.
        if not kind.missing_package and name != "pdf":
            content = kind.to_bytes(routine, client="Işık")
            # A calendar tells when it was made.
            yield name, re.sub(rb"(DTSTAMP|SEQUENCE):\w+", b"", content) if name == "ics" else content
    for kind in ("csv", "json", "html", "xlsx"):
        if not KINDS[kind].missing_package:
            assert routine_from_bytes(KINDS[kind].to_bytes(routine), f"R.{kind.upper()}") == routine, kind
    for view in ("front", "back", "side", "oblique", "inner", "sole", "foot_top"):
        yield f"body {view}", kit.Body(view, regions=True).to_svg()
    yield "body png", kit.Body("back").to_png()
    yield "leaflet", guide.to_html()
    yield "locate", repr([kit.locate("GB30", view="back", side=side) for side in ("left", "right")])
    yield "check", repr(kit.check_guide(guide.folder))
    yield "found", repr(found)
    yield "words", repr([guide.area(word) for word in ("SHIN", "Hip_Side", "GROIN", "INNER THIGH")])
    with tempfile.TemporaryDirectory() as name:
        clients = Path(name, "clients.csv")
        cells = {
            "code": "I-1",
            "client": "Işık",
            "areas": "SHIN:LEFT".lower(),
            "none_of_these": "YES",
            "asked_on": str(DAY),
        }
        clients.write_text(";".join(COLUMNS) + "\n" + ";".join(cells.get(column, "") for column in COLUMNS), "utf-8")
        summary = kit.batch(clients, Path(name, "out"))
        assert summary.counts["made"] == 1, summary
        for path in sorted(Path(name, "out").iterdir()):
            if not path.name.startswith("."):
                yield path.name, path.read_bytes()


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, "utf-8")
    print(
        json.dumps(
            {
                "day": str(DAY),
                "numbers": locale.localeconv()["decimal_point"],
                "ways": {k: digest(v) for k, v in ways()},
            }
        )
    )
