"""JupyterHub on one computer of a clinic: clinicians log in with their account of it, and the planner's page opens.

    sudo PYTHON -P -m jupyterhub -f jupyterhub_config.py

where PYTHON is that of the environment into which requirements.txt and the kit were installed.
docs/many-clinicians.md says more.
"""

import sys
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub defines it

# The one line that concerns the kit: the planner's page, ending what is idle and asking nothing outside come with it.
c.Spawner.cmd = [sys.executable, "-P", "-m", "selfcare_kit.jupyter.user_server"]
c.Spawner.start_timeout = 60

# Each clinician has an account of the computer, and their server runs as that account: the system keeps them apart.
c.JupyterHub.authenticator_class = "pam"
c.JupyterHub.spawner_class = "localprocess"
c.LocalAuthenticator.allowed_groups = {"clinicians"}

# The hub speaks plain HTTP, so it answers this computer only; what answers the network has a certificate.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# Who is logged in is kept here, for root alone; nothing of a client is.
STATE = Path("/var/lib/selfcare-hub")
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{STATE}/cookie_secret"
c.ConfigurableHTTPProxy.pid_file = f"{STATE}/proxy.pid"
