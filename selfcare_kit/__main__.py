"""`python -m selfcare_kit` is the shell command."""

import os
import sys

# With -m Python looks into the current folder first, where a file called random.py would be executed.
if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()]:  # noqa: PTH109 (pathlib is not loaded yet)
    del sys.path[0]

from selfcare_kit.cli import main

main(prog_name="selfcare-kit")
