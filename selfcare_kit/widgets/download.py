"""Buttons that save files in the browser, and the one field for the client's printed name.

The name goes to the kernel with the press of a button and comes back inside the file. It is in
no trait, so neither the notebook nor a saved widget state can hold it; nor can an error, which
goes back by message as well.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import traitlets
from anywidget import AnyWidget

from selfcare_kit.errors import SelfcareError
from selfcare_kit.widgets.files import File

MakeFile = Callable[[str, str], File]


class Download(AnyWidget):
    """A name field and a button for each file.

    Parameters
    ----------
    make_file : callable
        Takes the kind of file and the client's name; gives the file, or raises an error whose
        sentence is shown beside the buttons.
    """

    _esm = Path(__file__).with_suffix(".js")
    files = traitlets.List().tag(sync=True)

    def __init__(self, make_file: MakeFile, **traits: Any) -> None:
        super().__init__(**traits)
        self._make_file = make_file
        self.on_msg(self._answer)

    def _answer(self, _: Any, message: Any, __: Any) -> None:
        request = message.get("request") if isinstance(message, dict) else None
        try:
            file = self._make_file(message["kind"], message.get("client", ""))
        except SelfcareError as error:
            self.send({"request": request, "error": str(error)})
        except Exception as error:  # the name may be anywhere in its text, so only its kind is told
            sentence = f"the file could not be made ({type(error).__name__} inside the planner); please report it."
            self.send({"request": request, "error": sentence})
        else:
            self.send({"request": request, "name": file.name, "type": file.type}, [file.content])
