"""A pane: a widget that shows HTML made here, and tells by message what is done in it.

Nothing goes through a synced trait, in neither direction: what a clinician types, ticks or reads
is in no widget state, so neither the notebook nor a saved state can hold it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

FOLDER = Path(__file__).parent
Event = Mapping[str, Any]
OnEvent = Callable[[Event, list[Any]], None]

_log = logging.getLogger(__name__)


def script(*names: str) -> str:
    """Join scripts of this folder into one module.

    Parameters
    ----------
    *names : str
        File names; the last one exports.

    Returns
    -------
    str
        JavaScript.
    """
    return "\n".join((FOLDER / name).read_text("utf-8") for name in names)


class Channel(AnyWidget):
    """The kernel's end of the messages between a widget and its views.

    Each message of a view says what was done (`do`), who did it (`from`) and a running number
    (`seq`); it is always answered, so that a view knows what is older than what its user did last.

    Parameters
    ----------
    on_event : callable
        Called with what was done and the buffers that came along.
    """

    def __init__(self, on_event: OnEvent, **traits: Any) -> None:
        super().__init__(**traits)
        self._on_event = on_event
        self._asking: dict[str, Any] = {}
        self.on_msg(self._receive)

    @property
    def is_asked(self) -> bool:
        """Whether a view waits for an answer."""
        return bool(self._asking)

    def now(self) -> dict[str, Any]:
        """Return a message with what is shown now."""
        raise NotImplementedError

    def content(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return what a view needs when it opens: a message and its buffers."""
        return self.now(), []

    def tell(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to all views; it answers the one that asked, if it was not answered yet.

        Parameters
        ----------
        message : dict
            Plain values.
        buffers : list of bytes, optional
            What goes with it.
        """
        asking, self._asking = self._asking, {}
        self.send({**message, **asking}, buffers)

    def answer(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message that only the view that asked acts on; it stays to be answered.

        Parameters
        ----------
        message : dict
            Plain values.
        buffers : list of bytes, optional
            What goes with it.
        """
        self.send({**message, "to": self._asking.get("to", "")}, buffers)

    def _receive(self, _: Any, message: Any, buffers: list[Any]) -> None:
        if not isinstance(message, dict):
            return
        self._asking = {"to": message.get("from"), "seq": message.get("seq")}
        try:
            if message.get("do") == "ready":
                self.tell(*self.content())
            else:
                self._on_event(message, buffers)
        except Exception:
            # The text of an error may hold what was typed; it is for a developer who asks for it.
            _log.debug("A message could not be handled.", exc_info=True)
        finally:
            # While it waited, the view took nothing that others caused.
            if self._asking:
                self.tell(self.now())


class Pane(Channel):
    """A pane of HTML.

    Parameters
    ----------
    on_event : callable
        Called with what was done and the buffers that came along.
    """

    _esm = script("morph.js", "channel.js", "files.js", "pane.js", "plain_pane.js")

    def __init__(self, on_event: OnEvent, **traits: Any) -> None:
        super().__init__(on_event, **traits)
        self.html = ""

    def now(self) -> dict[str, Any]:
        """Return the HTML as a message."""
        return {"html": self.html}

    def forget(self) -> None:
        """Empty the private fields of all views, whose text is in no HTML."""
        self.send({"forget": True})

    def show(self, html: str, focus: str = "") -> None:
        """Show HTML; what is the same already is sent to nobody but a view that waits for an answer.

        Parameters
        ----------
        html : str
            Escaped by whoever made it. `@view` in it becomes a word of each view's own, for ids.
        focus : str, default=""
            `data-key` of what the view that asked puts the focus on.
        """
        if html == self.html and not self.is_asked:
            return
        self.html = html
        self.tell({"html": html, **({"focus": focus} if focus else {})})
