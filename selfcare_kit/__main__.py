"""`python -m selfcare_kit` is the shell command."""

from selfcare_kit.cli import main

main(prog_name="selfcare-kit")
