"""The hub of ../jupyterhub_config.py for a trial on loopback, with made-up clinicians and a folder of its own.

Each clinician's server runs as an account of its own, one that the system need not know, which only root may do.
"""

import os
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner

c = get_config()  # noqa: F821 - JupyterHub defines it
load_subconfig(str(Path(__file__).parents[1] / "jupyterhub_config.py"))  # noqa: F821 - and this, too

FOLDER = Path(os.environ["TRIAL_FOLDER"])
FIRST_ACCOUNT = int(os.environ["TRIAL_FIRST_ACCOUNT"])


class AccountSpawner(SimpleLocalProcessSpawner):
    """Runs clinician_3 as account 61003, as `localprocess` runs somebody as their account of the system."""

    home_dir_template = str(FOLDER / "homes" / "{username}")

    def make_preexec_fn(self, name):
        """Return what the new process does before it becomes the server: it takes the account."""
        account, home = FIRST_ACCOUNT + int(name.rpartition("_")[2]), Path(self.home_dir)
        home.mkdir(mode=0o700, exist_ok=True)
        os.chown(home, account, account)

        def become():
            os.setgroups([])
            os.setgid(account)
            os.setuid(account)
            os.chdir(home)

        return become


c.JupyterHub.spawner_class = AccountSpawner
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["TRIAL_PASSWORD"]
c.Authenticator.allowed_users = {f"clinician_{number}" for number in range(1, 101)}

c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['TRIAL_PORT']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{os.environ['TRIAL_HUB_PORT']}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['TRIAL_PROXY_PORT']}"
c.JupyterHub.db_url = f"sqlite:///{FOLDER}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(FOLDER / "proxy.pid")
# Node.js's proxy, where TRIAL_PROXY names it; otherwise the one in Python, through which a browser reaches a
# kernel only at a second try, as it does not pass on a WebSocket's subprotocol.
proxy = os.environ.get("TRIAL_PROXY") or str(Path(sys.executable).with_name("configurable-http-proxy"))
c.ConfigurableHTTPProxy.command = [proxy]
c.Spawner.args = os.environ.get("TRIAL_ARGUMENTS", "").split()
