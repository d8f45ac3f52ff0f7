"""How Voila shows the planner as a page; read by "selfcare-kit app" only."""

c = get_config()  # noqa: F821 - traitlets defines it


def before_launch(req, notebook, cwd):
    """Set the cookie that the page needs to end its kernel when it is left."""
    req.xsrf_token  # noqa: B018 - asking for it sets it


c.VoilaConfiguration.prelaunch_hook = before_launch
