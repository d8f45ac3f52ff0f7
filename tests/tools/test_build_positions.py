"""What tools/build_body/positions promises: solvers that raise, limits that fail, the same bytes again."""

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from proved import keep, proof_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data" / "body" / "positions"
MISSING = [name for name in ("scipy", "shapely", "skimage") if importlib.util.find_spec(name) is None]
# One of each kind of scene.
SAMPLE = {
    "tfl_1": ["wall_standing/massage_ball"],
    "gas_2": ["lying_on_back/opposite_knee"],
    "qp_1": ["chair_sitting/small_firm_ball"],
    "gmin_a": ["floor_lying/massage_ball"],
    "ta_1": ["chair_sitting/knobbed_tool"],
}
needs_tools = pytest.mark.skipif(bool(MISSING), reason="tools/build_body/requirements.txt is not installed")
GOOD = {
    "touch_cm": 0.1,
    "level_cm": 0.0,
    "seen": 0.9,
    "knee_deg": 20.0,
    "trunk_deg": 30.0,
    "nearest": "tfl_1",
    "side": "left",
}


@pytest.fixture(scope="module")
def vectors():
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("tools.build_body.positions.vectors")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def facts():
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("tools.build_body.positions.facts")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def catalogue():
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("tools.build_body.positions.catalogue")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def posture_pictures():
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("tools.build_body.positions.posture_pictures")
    finally:
        sys.path.remove(str(ROOT))


@needs_tools
def test_a_solver_gives_the_error_that_is_left(vectors):
    errors = iter([4.0, 1.0, 0.2, 0.05])
    assert vectors.solve(lambda: next(errors), 0.1, "the ball") == 0.05


@needs_tools
def test_a_solver_that_does_not_converge_raises(vectors):
    with pytest.raises(vectors.NotConverged, match="the ball is 2.00 cm off after 5 corrections, 0.1 allowed"):
        vectors.solve(lambda: -2.0, 0.1, "the ball", times=5)


@needs_tools
def test_a_scene_within_its_limits_passes(facts):
    facts.check("tfl_1/wall_standing/massage_ball", GOOD)


@needs_tools
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"touch_cm": 0.4}, "touch_cm 0.4 > 0.35"),
        ({"level_cm": 0.3}, "level_cm 0.3 > 0.1"),
        ({"wall_cm": 1.2}, "wall_cm 1.2 > 1.0"),
        ({"seen": 0.1}, "seen 0.1 < 0.3"),
        ({"knee_deg": 150}, "knee_deg 150 > 140.0"),
        ({"sunk_cm": 3}, "sunk_cm 3 > 1.6"),
        ({"nearest": "vl_5"}, "it touches nearest to vl_5"),
        ({"side": "right"}, "it is not on the left side"),
    ],
)
def test_a_limit_that_is_passed_fails_the_build(facts, wrong, message):
    with pytest.raises(facts.LimitPassed, match=message):
        facts.check("tfl_1/wall_standing/massage_ball", {**GOOD, **wrong})


@needs_tools
def test_pictures_are_chosen_by_the_beginning_of_their_names(catalogue):
    point = SimpleNamespace(id="tfl_1")
    found = [catalogue.Way(point, position, "massage_ball", True) for position in ("wall_standing", "floor_lying")]
    assert catalogue.chosen(found, []) == found
    assert catalogue.chosen(found, ["tfl_1/floor"]) == found[1:]


@needs_tools
def test_a_picture_that_nothing_is_called_is_refused(catalogue):
    found = [catalogue.Way(SimpleNamespace(id="tfl_1"), "wall_standing", "massage_ball", True)]
    message = "--only must be the beginning of a name such as tfl_1/wall_standing/massage_ball, got 'tfl_9'."
    with pytest.raises(catalogue.NothingChosen, match=message):
        catalogue.chosen(found, ["tfl_1", "tfl_9"])


@needs_tools
def test_postures_alone_are_chosen_like_ways(catalogue, posture_pictures):
    way = catalogue.Way(SimpleNamespace(id="tfl_1"), "wall_standing", "massage_ball", True)
    postures = posture_pictures.all_postures()
    assert catalogue.chosen([way, *postures], ["postures"]) == postures
    assert [each.id for each in catalogue.chosen([way, *postures], ["postures/on_"])] == ["on_back", "on_side"]


@needs_tools
def test_every_posture_alone_that_is_built_is_kept(posture_pictures):
    assert {each.id for each in posture_pictures.all_postures()} == {path.stem for path in DATA.glob("postures/*")}


@pytest.mark.build
@pytest.mark.slow
@needs_tools
def test_a_rebuild_gives_the_same_bytes(tmp_path):
    made_of = ("tools/build_body", "data", "selfcare_kit", "tests/tools/test_build_positions.py")
    proof = proof_of("positions", made_of)
    names = [f"{point}/{key}" for point, keys in SAMPLE.items() for key in keys]
    wheels = Path(tempfile.gettempdir()) / "selfcare_kit_wheels"
    command = [sys.executable, "-m", "tools.build_body.positions", "--out", str(tmp_path), "--wheels", str(wheels)]
    command += ["--fresh", "--jobs", "2", "--only", "postures", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if "SourceUnavailable" in done.stderr:
        pytest.skip(f"the mesh cannot be obtained: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    for point, keys in SAMPLE.items():
        built, committed = (
            json.loads((folder / f"{point}.json").read_text(encoding="utf-8")) for folder in (tmp_path, DATA)
        )
        for key in keys:
            assert json.dumps(built["pictures"][key]) == json.dumps(committed["pictures"][key])
    kept = sorted(DATA.glob("postures/*.json"))
    assert [path.name for path in kept] == sorted(path.name for path in tmp_path.glob("postures/*.json"))
    for path in kept:
        assert (tmp_path / "postures" / path.name).read_bytes() == path.read_bytes()
    keep(proof)
