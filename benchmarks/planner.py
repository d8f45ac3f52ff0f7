"""The planner in a real kernel: the time of a tick compared with the echo of one Label, and what opening it sends.

A client of the kernel sends the messages of a browser, and measures when the message with the new picture arrives.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from benchmarks.harness import TRIES, Result

ROUNDS = 25
SECONDS = 60
# What was entered before, and the bar: one area and the answers, or all that a visit may bring.
VISITS = {
    "": ("", 1.3),
    ", in a visit of five numb areas and two cautions": (
        "[do(answers.answer, id, True) for id in ('C01', 'C05')],"
        "[do(complaint.set_sensation, id) for id in ('ache', 'numb')],"
        "[do(complaint.toggle_area, area, 'left') for area in ('foot_top', 'buttock_center', 'thigh_back')]",
        1.5,
    ),
}
MAX_BYTES = 2_000
# docs/decisions/013-the-planner-speaks-by-message.md explains what the planner sends when it opens.
MAX_OPENING = 24
MAX_OPENING_BYTES = 225_000

SET_UP = """
import json
import ipywidgets
import selfcare_kit as kit
from selfcare_kit.planner.visit import answers, complaint, steps
label, box = ipywidgets.Label("x"), ipywidgets.Checkbox()
box.observe(lambda change: setattr(label, "value", str(change["new"])), "value")
planner = kit.Planner()
do = planner.session.do
do(answers.confirm_answers), do(complaint.toggle_area, "calf_outer", "left")
BEFORE
do(steps.add_best), planner._refresh()
print(json.dumps([each.comm.comm_id for each in (box, label, planner.symptoms.widget, planner.body_map.widget)]))
"""
OPENINGS = {
    "planner": "import selfcare_kit as kit\nopened = kit.Planner()",
    "bare anywidget": "import anywidget\nopened = anywidget.AnyWidget(_esm='export default { render() {} }')",
}


class Opening(NamedTuple):
    """What opening a widget sends."""

    messages: int
    bytes: int


class Kernel:
    """A kernel, with the messages that a browser exchanges with it."""

    def __init__(self, manager: Any, client: Any) -> None:
        self.manager = manager
        self.client = client

    def run(self, code: str) -> tuple[str, Opening]:
        """Run code; return what it printed, and the number and bytes of its widget messages."""
        id = self.client.execute(code)
        printed, messages, sent = "", 0, 0
        for message, size in self._answers(id):
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                printed += message["content"]["text"]
            if message["msg_type"] == "error":
                raise RuntimeError(message["content"]["evalue"])
            if message["msg_type"].startswith("comm_"):
                messages, sent = messages + 1, sent + size
        return printed, Opening(messages, sent)

    def send(self, comm: str, data: dict[str, Any], answering: str) -> tuple[float, int]:
        """Send a message to a widget; return the seconds until `answering` answers, and the bytes of its answer."""
        message = self.client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        start = time.perf_counter()
        self.client.shell_channel.send(message)
        found: tuple[float, int] | None = None
        for answer, size in self._answers(message["header"]["msg_id"]):
            if answer["msg_type"] == "comm_msg" and answer["content"]["comm_id"] == answering and not found:
                found = (time.perf_counter() - start, size)
        if found is None:
            raise RuntimeError("the widget did not answer")
        return found

    def _answers(self, id: str) -> Iterator[tuple[dict[str, Any], int]]:
        session, socket = self.client.session, self.client.iopub_channel.socket
        while True:
            if not socket.poll(SECONDS * 1000):
                raise RuntimeError("the kernel is silent")
            _, frames = session.feed_identities(socket.recv_multipart())
            message = session.deserialize(frames)
            if message["parent_header"].get("msg_id") != id:
                continue
            yield message, sum(len(bytes(frame)) for frame in frames)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return


@contextmanager
def running_kernel() -> Iterator[Kernel]:
    """Start a kernel of this Python, and end it."""
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--log-level=ERROR"])
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ticks(kernel: Kernel, before: str = "") -> tuple[float, int]:
    """Return the median ratio of a tick's picture to the echo of a Label, and the picture's bytes."""
    printed, _ = kernel.run(SET_UP.replace("BEFORE", before))
    box, label, symptoms, figure = json.loads(printed)
    ratios, sizes = [], []
    for number in range(ROUNDS + 2):
        value = number % 2 == 0
        update = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        tick = {"do": "area", "id": "thigh_outer", "value": value, "from": "bench", "seq": number + 1}
        sent = [(box, update, label), (symptoms, {"method": "custom", "content": tick}, figure)]
        # In random order, as in the harness, as each finds the kernel in the state that the other left.
        random.Random(number).shuffle(sent)
        took = {answering: kernel.send(to, data, answering) for to, data, answering in sent}
        if number >= 2:
            ratios.append(took[figure][0] / took[label][0])
            sizes.append(took[figure][1])
    return statistics.median(ratios), max(sizes)


def openings(kernel: Kernel) -> dict[str, Opening]:
    """Return what opening the planner sends, and what opening a bare anywidget sends."""
    for code in OPENINGS.values():
        kernel.run(code)
    return {name: kernel.run(code)[1] for name, code in OPENINGS.items()}


def planner_results() -> Iterator[Result]:
    """Yield a result for each bar of the planner."""
    with running_kernel() as kernel:
        largest = 0
        for visit, (before, bar) in VISITS.items():
            tries = [ticks(kernel, before)]
            while tries[-1][0] > bar and len(tries) < TRIES:
                tries.append(ticks(kernel, before))
            ratio, size = tries[0]
            largest = max(largest, size)
            name = f"tick to picture / echo of a Label{visit}"
            yield Result(name, round(ratio, 2), f"<= {bar:g}", tries[-1][0] <= bar)
        yield _counted("bytes of a tick's picture", largest, MAX_BYTES)
        sent = openings(kernel)
    ours, bare = sent["planner"], sent["bare anywidget"]
    yield _counted("messages to open the planner / a bare anywidget", ours.messages / bare.messages, MAX_OPENING)
    yield _counted("bytes to open the planner", ours.bytes, MAX_OPENING_BYTES)


def _counted(name: str, count: float, most: int) -> Result:
    return Result(name, round(count, 1), f"<= {most}", count <= most)


if __name__ == "__main__":
    for result in planner_results():
        print(f"{result.ratio:9.2f} {result.bar:>8}  {result.name}")
