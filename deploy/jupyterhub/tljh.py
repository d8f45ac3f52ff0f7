"""For The Littlest JupyterHub: copy it to /opt/tljh/config/jupyterhub_config.d/.

Then run `sudo tljh-config reload hub`; docs/many-clinicians.md says what else to set.
"""

c = get_config()  # noqa: F821 - The Littlest JupyterHub defines it

# The Python of its users' environment, in which the kit is installed.
c.Spawner.cmd = ["/opt/tljh/user/bin/python3", "-P", "-m", "selfcare_kit.jupyter.user_server"]
