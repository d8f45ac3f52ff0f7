"""A button that opens a file from the clinician's disk, without keeping it anywhere.

A saved handout has the client's name on it. The content comes by message, not as the value of a
widget, so neither the notebook nor a saved widget state can hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets
from anywidget import AnyWidget


class Upload(AnyWidget):
    """A button to choose a file with.

    Parameters
    ----------
    on_file : callable
        Called with the bytes and the name of the file that was chosen.
    **traits
        `label`, `accept` and what every widget takes.
    """

    _esm = Path(__file__).with_suffix(".js")
    label = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)

    def __init__(self, on_file: Callable[[bytes, str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_file = on_file
        self.on_msg(self._receive)

    def _receive(self, _: Any, message: Any, buffers: list[Any]) -> None:
        self._on_file(bytes(buffers[0]), str(message["name"]))
