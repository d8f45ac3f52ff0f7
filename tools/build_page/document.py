"""The page: one HTML file with everything in it, whose content policy lets nothing out."""

from __future__ import annotations

import base64
import datetime
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .archive import packed

PAGE = Path(__file__).parent / "page"
HOST = ("host.js", "about.js")
# `unsafe-inline` is for styles alone: a handout has its own. Widgets are loaded as blob: modules, Python's program is
# WebAssembly, and a worker may only come from a data: address, which this policy binds as well.
POLICY = (
    "default-src 'none'; script-src '{digest}' blob: 'wasm-unsafe-eval'; worker-src data:; style-src 'unsafe-inline'; "
    "img-src data: blob:; connect-src 'none'; form-action 'none'; base-uri 'none'"
)


class Imprint(NamedTuple):
    """What the page says of itself."""

    version: str
    made: datetime.date
    # What it was made of, in words.
    parts: str
    # Whose settings are in it; empty for nobody's.
    clinic: str = ""

    @property
    def day(self) -> str:
        """The day it was made, in words."""
        return f"{self.made.day} {self.made:%B %Y}"


def document(imprint: Imprint, parts: Mapping[str, bytes], notices: str) -> bytes:
    """Return the page; `parts` are what the worker needs, by the names it has for them."""
    host = "".join((PAGE / name).read_text("utf-8") for name in HOST)
    digest = base64.b64encode(hashlib.sha256(host.encode()).digest()).decode()
    values = {
        **imprint._asdict(),
        "day": imprint.day,
        "policy": Markup(POLICY.format(digest=f"sha256-{digest}")),
        "style": Markup((PAGE / "page.css").read_text("utf-8")),
        "held": [(name, _held(content)) for name, content in parts.items()],
        "notices": _held(notices.encode()),
        "worker": Markup((PAGE / "worker.js").read_text("utf-8")),
        "host": Markup(host),
    }
    environment = Environment(loader=FileSystemLoader(PAGE), undefined=StrictUndefined, autoescape=True)
    return environment.get_template("index.html").render(values).encode()


def _held(content: bytes) -> str:
    return base64.b64encode(packed(content)).decode("ascii")
