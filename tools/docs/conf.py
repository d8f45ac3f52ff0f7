"""Settings of Sphinx for the site; the pages are put together by `stage.py`."""

from selfcare_kit import __version__

project = "selfcare-kit"
version = release = __version__
html_title = f"selfcare-kit {__version__}"
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]

# A heading is linked to by its words, as in the repository.
myst_heading_anchors = 4

# The docstrings say what a parameter is, in words.
autodoc_typehints = "none"
autodoc_member_order = "alphabetical"
add_module_names = False
python_display_short_literal_types = True
napoleon_google_docstring = False
napoleon_use_rtype = False
# What stands in backticks in a docstring is a link where the reference has it, and code where not.
default_role = "py:obj"

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_favicon = "static/mark.svg"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
