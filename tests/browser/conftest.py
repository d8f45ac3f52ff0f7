"""A real JupyterLab and a real Voila on free ports, and a real browser in front of them."""

from __future__ import annotations

import contextlib
import datetime
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

import selfcare_kit as kit
from selfcare_kit.jupyter.launch import app_command, copy_planner, jupyter_environment, lab_command, planner_notebook

from .visit import FileVisit, LabVisit, PageVisit

TOKEN = "browser-test"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Try a test once more when it fails, as a browser on a busy computer is now and then late; the report says R."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=1))


class Lab(NamedTuple):
    """A planner's notebook in a running JupyterLab: where it opens, the server, and all the server may write to."""

    address: str
    server: str
    notebook: Path
    folders: tuple[Path, ...]

    def write(self, source):
        """Put other code into the notebook's cell; unlock its cells, which the kit's own notebook keeps from harm."""
        notebook = json.loads(self.notebook.read_text("utf-8"))
        for cell in notebook["cells"]:
            cell["metadata"].pop("deletable", None)
            cell["metadata"].pop("editable", None)
        notebook["cells"][0]["source"] = source
        self.notebook.write_text(json.dumps(notebook), "utf-8")

    @property
    def written(self):
        """All text on the disk that came from the server, the kernel or the notebook, by file."""
        files = (path for folder in self.folders for path in folder.rglob("*") if path.is_file())
        return {path: path.read_bytes().decode("utf-8", "replace") for path in files}


@pytest.fixture(scope="session")
def week_ago(tmp_path_factory):
    """A record of a week ago: a left hip that ached, five steps."""
    complaint = {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}
    routine = kit.Routine.from_suggestions(kit.suggest(complaint, screening=kit.screen()).top(5), code="C-104")
    today = datetime.date.today()
    path = tmp_path_factory.mktemp("week") / "record.json"
    path.write_text(routine.to_json().replace(str(today), str(today - datetime.timedelta(days=7))), "utf-8")
    return path


@pytest.fixture(scope="module")
def context(browser):
    """One for a module: what JupyterLab consists of is loaded and compiled once."""
    made = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory):
    """A JupyterLab of our own, with nobody's settings; yields its address, its folder and its home."""
    folder, home = tmp_path_factory.mktemp("clinic"), tmp_path_factory.mktemp("home")
    port = _free_port()
    command = [
        *lab_command(copy_planner(folder)), "--no-browser", "--ip=127.0.0.1", f"--port={port}",
        "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--LabApp.workspaces_dir={home / 'lab'}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
    ]  # fmt: skip
    with _running(command, home, f"http://127.0.0.1:{port}", f"/api?token={TOKEN}") as address:
        yield address, folder, home


@pytest.fixture
def lab(lab_server, request):
    """A fresh copy of the planner's notebook; its kernel ends with the test."""
    with notebook_of(lab_server, request.node.name[:60].replace("[", "-").replace("]", "").replace("/", "-")) as opened:
        yield opened


@contextlib.contextmanager
def notebook_of(lab_server, name):
    """Make a copy of the planner's notebook in a folder of its own; its kernel ends with the block."""
    server, folder, home = lab_server
    own = folder / name
    own.mkdir(exist_ok=True)
    notebook = copy_planner(own)
    place = f"{own.name}/{notebook.name}"
    yield Lab(f"{server}/doc/tree/{place}?token={TOKEN}&reset", server, notebook, (own, home))
    for session in _ask(f"{server}/api/sessions"):
        if session["path"] == place:
            _ask(f"{server}/api/sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="session")
def voila_server(tmp_path_factory):
    """The planner as a page; yields its address."""
    home, port = tmp_path_factory.mktemp("home"), _free_port()
    command = [*app_command(planner_notebook(), port), "--no-browser", "--Voila.port_retries=0"]
    with _running(command, home, f"http://127.0.0.1:{port}", "/static/voila.js") as address:
        yield address


@pytest.fixture
def new_page(context):
    """Open a page, in which a script may run before all others; it is closed with the test."""
    pages = []

    def opened(script=""):
        pages.append(context.new_page())
        pages[-1].add_init_script(script)
        return pages[-1]

    yield opened
    for page in pages:
        page.close()


@pytest.fixture
def lab_visit(lab, new_page):
    """Open the planner's notebook in JupyterLab, once it is as the test wants it."""
    return lambda script="": LabVisit(new_page(script), lab.address)


@pytest.fixture(scope="module")
def kept_visit(context, lab_server):
    """A notebook that stays open for the tests of a module."""
    with notebook_of(lab_server, "kept") as lab:
        visit = _asking_nobody_else(LabVisit(context.new_page(), lab.address))
        yield visit
        visit.page.close()


@pytest.fixture
def new_planner(kept_visit):
    """A new planner in the notebook that is open, for a test that asks nothing of how JupyterLab begins or ends."""
    kept_visit.begin_again()
    return kept_visit


@pytest.fixture
def page_visit(new_page, voila_server):
    """Open the planner as a page."""
    return lambda: PageVisit(new_page(), voila_server)


@pytest.fixture(scope="module")
def kept_page(context, voila_server):
    """The planner as a page, which stays open for the tests of a module."""
    visit = _asking_nobody_else(PageVisit(context.new_page(), voila_server))
    yield visit
    visit.page.close()


@pytest.fixture
def new_page_visit(kept_page):
    """A new client in the page that is open, for a test that asks nothing of how it begins or ends."""
    kept_page.page.set_viewport_size({"width": 1280, "height": 800})
    kept_page.page.emulate_media(color_scheme="light")
    kept_page.begin_again()
    return kept_page


@pytest.fixture(scope="module")
def kept_file(browser, planner_file):
    """The one file, opened from the disk without a network; it stays open for the tests of a module."""
    visit = FileVisit.opened(browser, planner_file.as_uri(), offline=True)
    yield visit
    visit.page.context.close()


@pytest.fixture
def new_file_visit(kept_file):
    """A new client in the one file that is open."""
    kept_file.begin_again()
    return kept_file


def _asking_nobody_else(visit):
    """Return a visit that has begun well and asked no other computer for anything."""
    assert (visit.hosts, visit.problems) == ({visit.host}, [])
    return visit


@contextlib.contextmanager
def _running(command, home, address, ready):
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(home / name.lower()) for name in names}
    environment = {**jupyter_environment(), "HOME": str(home), **own}
    with (home.parent / f"{home.name}.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"{address}{ready}", server, Path(log.name))
            yield address
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(20)
            server.kill()


def _ask(address, method="GET"):
    request = urllib.request.Request(address, method=method, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or b"null")


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(address, server, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
