"""The kernel's end of widget messages where there is no kernel: what ipywidgets sends goes to the page, and back."""

import json
import os
from pathlib import Path

import comm
from comm.base_comm import BaseComm, CommManager
from pyodide.ffi import to_js
from selfcare_host import post  # the page's own, given by the worker

FOLDER = Path(__file__).parent / "selfcare_baked"
os.environ["SELFCARE_KIT_CLINIC_FOLDER"] = str(FOLDER / "clinic")


class PageComm(BaseComm):
    """One widget's line to the page."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        """Send a message to the page."""
        text = json.dumps({"type": msg_type, "id": self.comm_id, "data": data or {}}, default=str)
        post(text, to_js([bytes(each) for each in buffers or ()]))


manager = CommManager()
comm.create_comm = lambda *arguments, **keys: PageComm(*arguments, **keys)
comm.get_comm_manager = lambda: manager


def receive(id, text, buffers):
    """Pass a message of the page to its widget."""
    content = {"comm_id": id, "data": json.loads(text)}
    manager.comm_msg(None, None, {"content": content, "buffers": [each.to_py() for each in buffers], "metadata": {}})


def begin():
    """Make the planner, of the guide that was baked in if there is one; return the name of its widget."""
    import selfcare_kit as kit

    global planner
    guides = sorted((FOLDER / "guide").glob("*/guide.toml"))
    planner = kit.Planner(guide=kit.load_guide(guides[0].parent) if guides else None)
    return planner.model_id
