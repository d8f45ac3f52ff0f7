"""Two clinicians on one hub: each gets the planner, and neither finds anything of the other.

Whatever is refused is given to its owner in the same test, so that nothing passes because there was nothing to find.
"""

import json
import re
import tempfile
from pathlib import Path

import pytest
from hub import PLANNER, running_hub

OWN, OTHER = "clinician_1", "clinician_2"
# What only one of them has: in a file, in a saved visit, in the clinic's settings.
CANARY = "C-104-canary"
CLINIC = ".config/selfcare-kit"


def pages(name):
    """What a server gives its owner."""
    return [f"/user/{name}/{page}" for page in (
        f"voila/render/{PLANNER}", "api/contents", f"api/contents/{CANARY}.csv", f"files/{CANARY}.csv",
        "api/kernels", "api/sessions", "api/status", "lab", f"nbconvert/script/{PLANNER}",
    )]  # fmt: skip


@pytest.fixture(scope="module")
def hub():
    # Not one of pytest's folders: every run of pytest shuts those to other accounts.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with running_hub(Path(folder) / "hub") as running:
            yield running


@pytest.fixture(scope="module")
def both(hub):
    """Both with their planner open, the first with files; and the pages they got."""
    clinicians = [hub.log_in(OWN), hub.log_in(OTHER)]
    shown = [each.open_planner() for each in clinicians]
    clinicians[0].run(
        f"""
import pathlib, selfcare_kit as kit
home = pathlib.Path.home()
(home / "{CLINIC}").mkdir(parents=True, exist_ok=True)
(home / "{CLINIC}/clinic.toml").write_text('name = "{CANARY}"')
(home / "{CANARY}.csv").write_text("saved by hand")
kit.Routine(title="Hip", code="{CANARY}").add("tfl_1", side="left").to_json(home / "routine.json")
visit = "{CANARY} in the kernel"
"""
    )
    return *clinicians, *shown


def test_each_gets_the_planner_in_a_server_of_their_own(both):
    own, other, *shown = both
    for clinician, page in zip((own, other), shown, strict=True):
        assert "SelfCare planner" in page
        assert f'"baseUrl": "/user/{clinician.name}/"' in page
    assert own.run("import os; print(os.getuid())") != other.run("import os; print(os.getuid())")


def test_the_page_names_no_other_computer(both):
    for page in both[2:]:
        assert len(page) > 3000
        assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[^\s\"'<]+", page.replace("http://www.w3.org/", "")) == []


@pytest.mark.parametrize(
    "page", range(len(pages(OWN))), ids=[page.removeprefix(f"/user/{OWN}/") for page in pages(OWN)]
)
def test_a_page_of_one_is_refused_to_the_other(both, page):
    own, other, *_ = both
    path = pages(OWN)[page]
    assert own.get(path)[0] == 200
    status, text, _ = other.get(path)
    assert status in (403, 404)
    assert CANARY not in text.replace(f"{CANARY}.csv", "")
    assert other.get(pages(OTHER)[0])[0] == 200


def test_nobody_gets_a_page_without_logging_in(hub, both):
    from hub import Clinician

    nobody = Clinician(hub.address, OWN)
    for path in pages(OWN):
        status, text, address = nobody.get(path)
        assert status == 403 or "/hub/login" in address
        assert CANARY not in text.replace(f"{CANARY}.csv", "")


def test_the_token_of_one_opens_nothing_of_the_other(hub, both):
    """A server's own token, which its kernels can read, is the strongest thing that somebody has at hand."""
    from hub import Clinician

    own, other, *_ = both
    read = "import os; print(os.environ['JUPYTERHUB_API_TOKEN'])"
    tokens = {each.name: f"token {each.run(read).strip()}" for each in (own, other)}
    outside = Clinician(hub.address, OTHER)
    assert outside.get(f"/hub/api/users/{OTHER}", Authorization=tokens[OTHER])[0] == 200
    for path in (f"/hub/api/users/{OWN}", f"/hub/api/users/{OWN}/tokens", "/hub/api/users", "/hub/api/proxy"):
        assert outside.get(path, Authorization=tokens[OTHER])[0] in (403, 404)
    assert outside.get(f"/user/{OTHER}/api/contents", Authorization=tokens[OTHER])[0] == 200
    for path in pages(OWN):
        status, text, address = outside.get(path, Authorization=tokens[OTHER])
        assert status in (403, 404) or "/hub/login" in address
        assert CANARY not in text.replace(f"{CANARY}.csv", "")


def test_the_other_can_neither_write_nor_reach_a_kernel(hub, both):
    own, other, *_ = both
    (kernel, *_) = json.loads(own.get(own.own("api/kernels"))[1])
    before = sorted(path.name for path in hub.home(OWN).iterdir())
    headers = {"Content-Type": "application/json", "X-XSRFToken": other.cookie("_xsrf", other.own(""))}
    for method, path in (
        ("PUT", "api/contents/planted.txt"), ("DELETE", f"api/contents/{CANARY}.csv"), ("POST", "api/kernels"),
        ("DELETE", f"api/kernels/{kernel['id']}"), ("POST", f"voila/api/shutdown/{kernel['id']}"), ("POST", "api/shutdown"),
    ):  # fmt: skip
        body = json.dumps({"type": "file", "format": "text", "content": "x"}).encode()
        assert other.ask(method, own.own(path), body, **headers)[0] in (403, 404, 405), path
    assert sorted(path.name for path in hub.home(OWN).iterdir()) == before
    assert own.run("print(visit)") == f"{CANARY} in the kernel\n"
    with pytest.raises(Exception, match="40[34]"):
        other.run_in(own.own(f"api/kernels/{kernel['id']}/channels"), "print(visit)")


# What code can find that runs in the other's kernel: nothing asks the hub here.
FIND = """
import glob, os, pathlib
found, seen = [], 0
for place in [*{places}, *glob.glob("/tmp/selfcare-kit-*")]:
    for folder, _, names in os.walk(place):
        for name in names:
            try:
                text = pathlib.Path(folder, name).read_bytes()
            except OSError:
                continue
            seen += 1
            if {canary!r}.encode() in text or {canary!r} in name:
                found.append(name)
print(sorted(found), seen)
"""


def test_the_system_keeps_files_visits_and_the_clinics_folder_apart(hub, both):
    own, other, *_ = both
    homes = str(hub.folder)
    mine = own.run(FIND.format(places=[str(hub.home(OWN))], canary=CANARY))
    assert {f"{CANARY}.csv", "clinic.toml", "routine.json"} <= set(re.findall(r"'([^']+)'", mine))
    theirs = other.run(FIND.format(places=[homes, str(hub.home(OWN)), str(hub.home(OTHER))], canary=CANARY))
    found, seen = theirs.rsplit(" ", 1)
    assert found == "[]"
    # It reads what is its own.
    assert int(seen) > 0
    refused = other.run(
        f"""
import os
for path in ({str(hub.home(OWN))!r}, {str(hub.home(OWN) / CLINIC)!r}, {homes!r}):
    try:
        print(os.listdir(path))
    except PermissionError:
        print("refused")
"""
    )
    assert refused == "refused\n" * 3


def test_no_process_of_one_can_be_read_by_the_other(both):
    own, other, *_ = both
    pid = own.run("import os; print(os.getpid())").strip()
    read = f"""
for name in ("environ", "mem", "maps"):
    try:
        open("/proc/{pid}/" + name, "rb").read(1)
        print("read")
    except OSError as error:
        print(type(error).__name__)
"""
    assert other.run(read) == "PermissionError\n" * 3
    assert own.run(f"print(len(open('/proc/{pid}/environ', 'rb').read()) > 0)") == "True\n"


def test_nobody_can_listen_to_a_kernel(both):
    """Over TCP its messages, which are the visit, would go to whoever connects."""
    own, other, *_ = both
    told = json.loads(own.run("from ipykernel.connect import get_connection_info as info; print(info())"))
    assert told["transport"] == "ipc"
    connect = """
import socket
with socket.socket(socket.AF_UNIX) as opened:
    try:
        opened.connect({path!r})
        print("connected")
    except PermissionError:
        print("refused")
"""
    path = f"{told['ip']}-{told['iopub_port']}"
    assert own.run(connect.format(path=path)) == "connected\n"
    assert other.run(connect.format(path=path)) == "refused\n"


def test_a_planners_notebook_is_saved_empty(hub, both):
    own, *_ = both
    notebook = json.loads((hub.home(OWN) / PLANNER).read_text())
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in cells:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "what was typed"}]
    assert own.put(PLANNER, notebook, "notebook") == 200
    kept = json.loads((hub.home(OWN) / PLANNER).read_text())
    assert [cell["outputs"] for cell in kept["cells"] if cell["cell_type"] == "code"] == [[] for _ in cells]
    other = {**notebook, "metadata": {"selfcare_kit": {"synthetic": True}}}
    assert own.put("made_up.ipynb", other, "notebook") == 201
    assert "what was typed" in (hub.home(OWN) / "made_up.ipynb").read_text()


def test_what_a_server_writes_is_its_owners_alone(hub, both):
    written = [path for path in hub.home(OWN).rglob("*") if path.is_file() and not path.is_symlink()]
    assert len(written) > 3
    # IPython copies a page of its own with the rights that it has.
    assert {path.name for path in written if path.stat().st_mode & 0o077} <= {"README"}
