"""Starts a Jupyter program in half of its time: `python -P -m selfcare_kit.jupyter.start jupyterlab --no-browser`.

What follows the program's name goes to it. What is left out and why stands in
`docs/decisions/038-jupyter-starts-without-grammars.md`.
"""

from __future__ import annotations

import runpy
import sys


def leave_out_grammars() -> None:
    """Keep jsonschema, which every server imports, from building grammars of addresses that no schema here asks for."""
    sys.modules.setdefault("rfc3987_syntax", None)


def main() -> None:
    """Become the program that the first argument names, as `python -m` does."""
    leave_out_grammars()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
