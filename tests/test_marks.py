"""A mark says what a test needs; a test whose marks say too little or too much fails."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parent
CASES = """
import subprocess, time
from pathlib import Path
import pytest

soffice = str(Path(__file__).with_name("soffice"))

@pytest.fixture(scope="module")
def opened():
    return subprocess.run([soffice], check=True)

@pytest.fixture(scope="module")
def computed():
    end = time.process_time() + 0.3
    while time.process_time() < end:
        pass

def test_a_starts_a_program_unmarked():
    subprocess.run([soffice], check=True)

def test_b_uses_a_fixture_that_started_one(opened): ...

def test_c_uses_it_when_it_is_there_already(opened): ...

@pytest.mark.office
def test_d_is_marked(opened): ...

@pytest.mark.office
def test_e_is_marked_and_starts_nothing(): ...

@pytest.mark.browser
def test_f_is_marked_with_another(opened): ...

def test_g_uses_a_slow_fixture(computed): ...

def test_h_uses_it_when_it_is_there_already(computed): ...

@pytest.mark.slow
def test_i_is_marked_slow(computed): ...

def test_j_needs_no_mark():
    subprocess.run(["true"], check=True)

@pytest.mark.slow
def test_k_fails_for_a_reason_of_its_own():
    raise ValueError("its own")
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the cases with the limit at a fifth of a second; return the outcome by letter, and what was printed."""
    folder = tmp_path_factory.mktemp("marks")
    (folder / "test_cases.py").write_text(CASES)
    (folder / "conftest.py").write_text(
        "import marks\nfrom marks import *\nmarks.MAX_SECONDS = 0.2\n"
        "def pytest_configure(config):\n"
        "    for name in ('browser', 'office', 'slow', 'build'): config.addinivalue_line('markers', name)\n"
    )
    (folder / "soffice").write_text("#!/bin/sh\n")
    (folder / "soffice").chmod(0o755)

    def cases(ci):
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-v",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:nbval",
            "--rootdir",
            str(folder),
            str(folder),
        ]
        environment = {**os.environ, "PYTHONPATH": str(TESTS), "CI": ci, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
        return dict(re.findall(r"::test_(\w)_\w+ (PASSED|FAILED)", told)), told

    return {ci: cases(ci) for ci in ("true", "")}


def test_a_test_that_starts_a_program_without_its_mark_fails(run):
    outcomes, told = run["true"]
    assert {outcomes[letter] for letter in "abc"} == {"FAILED"}
    assert "the test needs the mark office, which it does not have; add it." in told


def test_a_mark_that_is_needed_is_enough_and_another_is_not(run):
    outcomes, _ = run["true"]
    assert outcomes["d"] == "PASSED"
    assert outcomes["f"] == "FAILED"
    assert outcomes["j"] == "PASSED"


def test_a_mark_for_nothing_fails(run):
    outcomes, told = run["true"]
    assert outcomes["e"] == "FAILED"
    assert "the test has the mark office and starts nothing of the kind; take it off." in told


def test_a_test_that_computes_long_without_the_mark_slow_fails_in_ci_and_is_listed_elsewhere(run):
    outcomes, told = run["true"]
    assert [outcomes[letter] for letter in "ghi"] == ["FAILED", "FAILED", "PASSED"]
    assert re.search(r"the test computes for 0\.\d s without the mark slow, 0\.2 s at most; add it\.", told)
    outcomes, told = run[""]
    assert [outcomes[letter] for letter in "ghi"] == ["PASSED", "PASSED", "PASSED"]
    assert re.findall(r"::test_(\w)_\w+ computes for 0\.\d s without the mark slow\.", told) == ["g", "h"]


def test_what_a_test_fails_for_is_what_it_says(run):
    outcomes, told = run["true"]
    assert outcomes["k"] == "FAILED"
    assert "ValueError: its own" in told
