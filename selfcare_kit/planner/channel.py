"""The kernel's end of the messages between a widget and the browser; `scripts/channel.js` is the other end.

No synced trait is used in either direction: what a clinician types, ticks or reads is in no widget state, so neither
the notebook nor a saved state can contain it.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

SCRIPTS = Path(__file__).parent / "scripts"
# What a view sends: `do` names the action; the buffers that came along are added as `buffers`.
Event = Mapping[str, Any]

_log = logging.getLogger(__name__)


def joined_scripts(*names: str) -> str:
    """Return files of `scripts/` as one JavaScript module; the last one has the export."""
    return "\n".join((SCRIPTS / name).read_text("utf-8") for name in names)


class Channel(AnyWidget):
    """A widget that talks to its views by messages.

    A view sends its own id (`from`) and a running number (`seq`) with each event. Every event is answered with both,
    so that the view can ignore what is older than its user's last action.
    """

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._reply_to: dict[str, Any] = {}

    def listen(self, on_event: Callable[[Event], None]) -> None:
        """Call a function with each event of a view."""
        self.on_msg(functools.partial(self._receive, on_event))

    @property
    def has_waiting_view(self) -> bool:
        """Whether a view waits for the answer to an event."""
        return bool(self._reply_to)

    def current(self) -> dict[str, Any]:
        """Return a message with what is shown now."""
        raise NotImplementedError

    def opening(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return the first message to a view that opens, and its buffers."""
        return self.current(), []

    def send_to_all(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to all views; it counts as the answer to the view that waits."""
        reply_to, self._reply_to = self._reply_to, {}
        self.send({**message, **reply_to}, buffers)

    def send_to_sender(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message for the view that waits only; it does not count as the answer."""
        self.send({**message, "to": self._reply_to.get("to", "")}, buffers)

    def _receive(self, on_event: Callable[[Event], None], _: Any, message: Any, buffers: list[Any]) -> None:
        if not isinstance(message, dict):
            return
        self._reply_to = {"to": message.get("from"), "seq": message.get("seq")}
        try:
            if message.get("do") == "ready":
                self.send_to_all(*self.opening())
            else:
                on_event({**message, "buffers": buffers})
        except Exception:
            # The text of an error may contain what was typed, so it is not logged unless a developer asks for it.
            _log.debug("An event could not be handled.", exc_info=True)
        finally:
            # A view that waits has ignored what others caused meanwhile.
            if self._reply_to:
                self.send_to_all(self.current())
