"""From a click to the painted picture, beside a bare anywidget in the same kernel; it is measured with nothing beside it."""

from __future__ import annotations

import random
import statistics

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.alone]

MAX_RATIO = 1.5
TRIES = 4
CLICKS = 25

BARE = '''
import anywidget, traitlets
class Bare(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      el.innerHTML = '<svg width="50" height="20"><rect id="own" width="20" height="20"/><rect id="bare" x="30" width="20" height="20"/></svg>';
      const [own, answer] = el.querySelectorAll("rect");
      // Like the planner it shows the click at once, and then the answer.
      own.addEventListener("click", () => {
        own.style.fill = own.style.fill ? "" : "red";
        model.send({ on: !answer.classList.contains("on") });
      });
      model.on("msg:custom", ({ on }) => answer.classList.toggle("on", on));
    } };
    """
    def __init__(self):
        super().__init__()
        self.on_msg(lambda _, content, __: self.send(content))
'''

# Resolves with the milliseconds from the click to the frame after `watched` has changed.
CLICK = """([clicked, watched]) => new Promise((done) => {
  const start = performance.now();
  const observer = new MutationObserver(() => {
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  observer.observe(document.querySelector(watched), { attributes: true, childList: true, subtree: true });
  document.querySelector(clicked).dispatchEvent(new MouseEvent("click", { bubbles: true }));
})"""


def test_a_click_is_answered_about_as_fast_as_by_a_bare_widget(lab_visit, lab):
    lab.write(
        f"{BARE}\nfrom IPython.display import display\ndisplay(Bare())\nimport selfcare_kit as kit\nkit.Planner()"
    )
    visit = lab_visit()
    page = visit.page
    page.locator("#bare").wait_for()
    visit.region("calf_outer", "left", "side").click()
    visit.app.locator(".selfcare-mark").first.wait_for()
    region = '.selfcare-map [data-view="side"][data-side="left"] .region[data-area="thigh_outer"]'
    pairs = {"picture": [region, ".selfcare-marks"], "bare": ["#own", "#bare"], "own": [region, region]}
    ratios = []
    for _ in range(TRIES):
        times = {name: [] for name in pairs}
        for _ in range(CLICKS):
            for name, pair in pairs.items():
                times[name].append(page.evaluate(CLICK, pair))
                # Another part of a frame each time, or all clicks of a try would be equally lucky.
                page.wait_for_timeout(150 + random.uniform(0, 34))
        medians = {name: statistics.median(values) for name, values in times.items()}
        ratios.append(medians["picture"] / medians["bare"])
        print({name: round(value, 1) for name, value in medians.items()}, round(ratios[-1], 2))
        if ratios[-1] <= MAX_RATIO:
            break
    assert min(ratios) <= MAX_RATIO
    # The region itself changes at once, before the kernel has answered.
    assert medians["own"] <= medians["picture"]
