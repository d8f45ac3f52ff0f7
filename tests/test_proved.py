"""A build that was proved is not made again until something it is made of changes."""

import shutil

import proved
import pytest


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A project with one folder, and nothing in the environment that makes all proofs void."""
    monkeypatch.setattr(proved, "ROOT", tmp_path)
    for name in ("CI", "FRESH"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1\n")
    return tmp_path


def proof(folder):
    return proved.proof_of("figure", ["data"], kept_in=folder / "build")


def test_a_build_is_made_until_it_has_passed_and_then_left_out(folder):
    assert not proof(folder).exists()
    proved.keep(proof(folder))
    with pytest.raises(pytest.skip.Exception, match=r"figure: proved before, .* make figure-check proves it again\."):
        proof(folder)


@pytest.mark.parametrize("change", ["content", "name", "another file", "one file less"])
def test_whatever_changes_the_build_is_made_again(folder, change):
    proved.keep(proof(folder))
    path = folder / "data" / "a.csv"
    if change == "content":
        path.write_text("2\n")
    elif change == "name":
        path.rename(path.with_name("b.csv"))
    elif change == "another file":
        shutil.copy(path, path.with_name("b.csv"))
    else:
        path.unlink()
    assert not proof(folder).exists()
    assert list((folder / "build").iterdir()) == [], "the proof of what is gone is gone, too"


@pytest.mark.parametrize("name", ["CI", "FRESH"])
def test_in_ci_and_where_it_is_asked_for_it_is_always_made(folder, monkeypatch, name):
    proved.keep(proof(folder))
    monkeypatch.setenv(name, "true")
    assert not proof(folder).exists()


def test_another_version_of_what_builds_it_counts(folder, monkeypatch):
    proved.keep(proof(folder))
    monkeypatch.setattr(proved, "PACKAGES", ("pytest",))
    assert not proof(folder).exists()
