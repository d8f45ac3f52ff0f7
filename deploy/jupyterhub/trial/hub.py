"""Starts the trial's hub, and is a clinician in front of it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.parse
import uuid
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

PLANNER = "plan_a_routine.ipynb"
START_SECONDS = 60
# clinician_3 is account 61003, which the system need not know.
FIRST_ACCOUNT = 61_000


class Hub:
    """A running hub: its address, its password and its folder, in which `homes` are the clinicians'."""

    def __init__(self, folder: Path, port: int, password: str, process: subprocess.Popen):
        self.folder, self.password, self.process = folder, password, process
        self.address = f"http://127.0.0.1:{port}"

    def home(self, name: str) -> Path:
        """Return the home of a clinician."""
        return self.folder / "homes" / name

    def log_in(self, name: str) -> Clinician:
        """Log somebody in, with which their server begins to start."""
        clinician = Clinician(self.address, name)
        clinician.get("/hub/login")
        form = {"username": name, "password": self.password, "_xsrf": clinician.cookie("_xsrf", "/hub/")}
        status, page, address = clinician.ask("POST", "/hub/login", urllib.parse.urlencode(form).encode())
        if "/hub/login" in address:
            raise RuntimeError(f"{name} could not log in: {status} {page[:300]}")
        return clinician


class Clinician:
    """A browser of somebody, as far as it asks and keeps cookies."""

    def __init__(self, address: str, name: str):
        self.address, self.name, self.cookies = address, name, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies), ProxyHandler({}))

    def cookie(self, name: str, path: str) -> str:
        """Return a cookie of a path."""
        return next(each.value or "" for each in self.cookies if each.name == name and each.path == path)

    def get(self, path: str, **headers: str) -> tuple[int, str, str]:
        """Return status, text and final address of a page."""
        return self.ask("GET", path, None, **headers)

    def ask(self, method: str, path: str, body: bytes | None, **headers: str) -> tuple[int, str, str]:
        """Send a request and return status, text and final address."""
        request = Request(self.address + path, body, headers, method=method)
        try:
            with self._opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode("utf-8", "replace"), answer.url
        except HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace"), error.url or ""

    def own(self, path: str) -> str:
        """Return a path of this clinician's server."""
        return f"/user/{self.name}/{path}"

    def open_planner(self) -> str:
        """Open the planner's page once the server is there; when it has come whole, its kernel has run the planner."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            status, page, address = self.get(self.own(""))
            if status == 200 and address.endswith(f"/voila/render/{PLANNER}"):
                return page
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} got no planner in {START_SECONDS} s but {status} at {address}")

    def put(self, path: str, content: dict, kind: str = "file") -> int:
        """Save a file through the clinician's server and return the status."""
        model = {"type": kind, "format": "json" if kind == "notebook" else "text", "content": content}
        headers = {"Content-Type": "application/json", "X-XSRFToken": self.cookie("_xsrf", self.own(""))}
        return self.ask("PUT", self.own(f"api/contents/{path}"), json.dumps(model).encode(), **headers)[0]

    def run(self, code: str) -> str:
        """Run Python in the kernel of the planner that is open and return what it prints."""
        (kernel, *_) = json.loads(self.get(self.own("api/kernels"))[1])
        return self.run_in(self.own(f"api/kernels/{kernel['id']}/channels"), code)

    def run_in(self, path: str, code: str) -> str:
        """Run Python in the kernel at a path, with this clinician's cookies, and return what it prints."""
        from websocket import create_connection

        cookies = "; ".join(
            f"{each.name}={each.value}" for each in self.cookies if f"/user/{self.name}/".startswith(each.path)
        )
        address = self.address.replace("http", "ws", 1) + path
        connection = create_connection(address, header={"Cookie": cookies}, timeout=60)
        try:
            return _printed(connection, code)
        finally:
            connection.close()


def _printed(connection, code: str) -> str:
    asked = uuid.uuid4().hex
    head = {"msg_id": asked, "msg_type": "execute_request", "username": "", "session": asked, "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False, "user_expressions": {}}
    message = {"header": head, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    connection.send(json.dumps(message))
    printed = ""
    while True:
        told = json.loads(connection.recv())
        if told["parent_header"].get("msg_id") != asked:
            continue
        if told["msg_type"] == "stream":
            printed += told["content"]["text"]
        if told["msg_type"] == "error":
            raise RuntimeError("\n".join(told["content"]["traceback"]))
        if told["msg_type"] == "status" and told["content"]["execution_state"] == "idle":
            return printed


@contextmanager
def running_hub(folder: Path, arguments: str = ""):
    """Give a hub in a folder of its own; `arguments` go to the clinicians' servers."""
    if os.geteuid() != 0:
        raise RuntimeError(
            "the trial's hub gives each clinician an account of their own, which only root may; use sudo."
        )
    (folder / "homes").mkdir(parents=True)
    # Clinicians have to reach their homes, and nothing else in the folder.
    folder.chmod(0o711)
    (folder / "homes").chmod(0o711)
    ports, password = [_free_port() for _ in range(3)], secrets.token_hex()
    names = ("TRIAL_PORT", "TRIAL_HUB_PORT", "TRIAL_PROXY_PORT")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "SELFCARE", "PYTHON"))},
        **dict(zip(names, map(str, ports), strict=True)),
        "TRIAL_FOLDER": str(folder),
        "TRIAL_FIRST_ACCOUNT": str(FIRST_ACCOUNT),
        "TRIAL_PASSWORD": password,
        "TRIAL_ARGUMENTS": arguments,
    }
    command = [sys.executable, "-P", "-m", "jupyterhub", "-f", str(Path(__file__).with_name("config.py"))]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        try:
            hub = Hub(folder, ports[0], password, process)
            _wait_for(hub)
            yield hub
        finally:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for(hub: Hub) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and hub.process.poll() is None:
        try:
            if Clinician(hub.address, "nobody").get("/hub/health")[0] == 200:
                return
        except (URLError, ConnectionError):
            pass
        time.sleep(0.1)
    raise RuntimeError("the hub did not start:\n" + (hub.folder / "log").read_text()[-3000:])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
