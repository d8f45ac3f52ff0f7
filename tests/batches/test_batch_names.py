"""A client's name is on the handout and nowhere else, and a code names files and nothing but files."""

import logging
import os

import pytest
from click.testing import CliRunner
from clients import TODAY, files_of, names, row, table

from selfcare_kit.cli import main
from selfcare_kit.export.kinds import KINDS

NAME = "Zoë O'Testname-Müller"


def everything_but_the_handout(folder):
    return b"".join(
        path.name.encode() + path.read_bytes() for path in folder.rglob("*") if path.suffix not in (".html", ".pdf")
    )


def test_the_name_is_on_the_handout_only(run, out, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    summary = run(row(client=NAME, kinds="+".join(kind for kind in KINDS if kind != "pdf")), row("C-105", client=NAME))
    assert summary.counts["made"] == 2
    assert "Testname" in (out / f"handout_C-104_{TODAY}.html").read_text(encoding="utf-8")
    assert b"Testname" not in everything_but_the_handout(out)
    told = f"{summary} {summary!r} {summary.to_frame().to_csv()} {summary._repr_html_()} {summary.rows}"
    assert "Testname" not in told + caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "cells",
    [
        {"areas": "nose"},
        {"areas": NAME},
        {"yes": NAME, "none_of_these": ""},
        {"title": f"Hip of {NAME.upper()}"},
        {"code": NAME},
        {"code": f"{NAME} " * 3},
        {"kinds": NAME},
        {"agreed_by": NAME},
        {"agreed": f"R18={NAME} has good pulses; AB", "yes": "R18", "none_of_these": ""},
        {"where": f"C12={NAME}"},
        {"asked_on": NAME},
        {"client": f"{NAME}\x00"},
        {"client": NAME * 1000},
    ],
)
def test_no_error_repeats_the_name(cells, run, out, capfd):
    summary = run(row(**{"client": NAME, **cells}), row("C-105", client=NAME))
    assert [each.result for each in summary] == ["failed", "made"]
    assert "testname" not in f"{summary} {summary.rows} {''.join(capfd.readouterr())}".casefold()
    assert names(out) == files_of("C-105")


def test_a_name_in_a_column_of_records_is_told_by_the_column(run):
    summary = run(row(client="Ada  Test", title="For ADA TEST."), row("C-2", client="Ann", title="Annual check"))
    assert "the client's name must stand in the column client only" in summary.rows[0].reason
    assert "as 'title' gets into records, got it there, too; take it out there" in summary.rows[0].reason
    assert summary.rows[1].result == "made"


def test_a_table_without_a_header_is_refused_without_telling_what_it_holds(run):
    with pytest.raises(ValueError, match="must have the columns code") as error:
        run(content=table(row(client=NAME)).split(b"\r\n", 1)[1])
    assert "Testname" not in str(error.value)


def test_the_shell_never_tells_the_name(tmp_path):
    (tmp_path / "c.csv").write_bytes(table(row(client=NAME), row("C-2", client=NAME, areas=NAME)))
    result = CliRunner().invoke(main, ["batch", str(tmp_path / "c.csv"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "Testname" not in result.output


# What a code may do


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\windows", "windows"),
        ("/etc/x", "etc_x"),
        ("C:\\x", "C_x"),
        ("CON", "CON"),
        ("NUL.txt", "NUL.txt"),
        ("COM1", "COM1"),
        ('a:b*c?d<e>f|g"h', "a_b_c_d_e_f_g_h"),
        ("trailing.", "trailing"),
        ("~nobody", "nobody"),
        ("-rf", "-rf"),
        ("%00", "00"),
        ("$(id)", "id"),
        ("0042", "0042"),
        ("Ünï-7", "Ünï-7"),
        ("קוד-1", "קוד-1"),
        ("x" * 40, "x" * 40),
    ],
)
def test_a_code_that_plays_tricks_names_a_plain_file(code, file, run, out, tmp_path):
    assert run(row(code)).counts["made"] == 1
    assert names(out) == files_of(file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clients.csv", "out"]
    for name in names(out):
        assert not set(name) & set('<>:"/\\|?*')
        assert len(name.encode()) < 255


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "code must not be empty, as it names the files; give each row a code of its own."),
        ("  ", "code must not be empty"),
        ("x" * 41, "code must be at most 40 printable characters, got 'xxx"),
        ("C\u202e401", "code must be at most 40 printable characters, got 'C\\u202e401'; shorten it."),
        ("\x1b[2Jx", r"got '\x1b[2Jx'"),
        ("a\nb", r"got 'a\nb'"),
        ("a\x00b", r"got 'a\x00b'"),
        ("...", "code must hold a letter or a digit, got '...'; write it as C-104."),
        ("../..", "code must hold a letter or a digit"),
    ],
)
def test_a_code_that_cannot_name_files_fails_its_row(code, message, run, out):
    summary = run(row(code), row("C-2"))
    assert message in summary.rows[0].reason
    assert summary.rows[0].code == ""
    assert summary.rows[0].result == "failed"
    assert names(out) == files_of("C-2")
    assert str(summary).isprintable() or set(str(summary)) - {"\n"} == {
        sign for sign in str(summary) if sign.isprintable()
    }


@pytest.mark.parametrize("other", ["C/104", "c_104", "C 104", " C_104 ", "C:104.", "Ｃ_104"])
def test_the_second_of_two_rows_whose_files_would_have_one_name_fails(other, run, out):
    summary = run(row("C_104", title="First"), row(other, title="Second"), row("C-9"))
    assert [each.result for each in summary] == ["made", "failed", "made"]
    assert "code must differ from that of row 2" in summary.rows[1].reason
    assert b"First" in (out / f"routine_C_104_{TODAY}.csv").read_bytes()
    assert names(out) == files_of("C_104", "C-9")


def test_two_rows_of_one_code_are_told_apart_in_shares_too(run, out):
    rows = [row(f"C-{number % 3}") for number in range(7)]
    assert [each.result for each in run(*rows)] == ["made"] * 3 + ["failed"] * 4


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_a_link_that_lies_in_the_folder_leads_nowhere(run, out, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("mine")
    out.mkdir()
    (out / files_of("C-104")[1]).symlink_to(outside)
    (out / ".selfcare-batch.json").symlink_to(outside)
    run(row())
    assert outside.read_text() == "mine"
    assert (out / files_of("C-104")[1]).read_bytes().startswith(b"\xef\xbb\xbfstep,point")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("Ada Test", {"code": "Ada_Test"}),
        ("Ada Test", {"code": "TEST ada"}),
        ("Ada Test", {"code": "AdaTest1"}),
        ("Ada Test", {"code": "testada"}),
        ("Ada Test", {"code": "Test-2"}),
        ("Jörg Søm", {"title": "Som, Joerg"}),
        ("王小明", {"title": "王小明的腰"}),
        ("Test, Ada", {"title": "Ada Test's hip"}),
        ("Dr. Adá B. Tést", {"title": "hip, ada test"}),
        ("Li", {"code": "Li"}),
        ("Ann O'Example", {"code": "OEXAMPLE-1"}),
        ("Ann O’Example", {"title": "Plan of Ann OExample"}),
        ("Bo D'Test", {"code": "DTEST-3"}),
        ("Bo D`Test", {"agreed_by": "Bo DTest"}),
    ],
)
def test_a_name_in_any_writing_gets_into_no_record(name, cells, run, out):
    result = run(row(client=name, **cells)).rows[0]
    assert "the client's name must stand in the column client only" in result.reason
    assert names(out) == []


@pytest.mark.parametrize(
    ("name", "cells"), [("Li", {"title": "Left lip"}), ("Hanna", {"code": "H-1"}), ("Ada Test", {"title": "Test"})]
)
def test_a_name_that_only_looks_like_a_word_is_let_be(name, cells, run):
    assert run(row(client=name, **cells)).rows[0].result == "made"


def test_columns_that_are_passed_over_are_named(run):
    summary = run(
        row(client_id="7", red_flags="R05"),
        content=table({**row(), "client_id": "7", "red_flags": "R05"}, columns=(*row(), "client_id", "red_flags")),
    )
    assert summary.notices == ("Columns that were not used: 'client_id', 'red_flags'.",)


@pytest.mark.slow
def test_letters_without_a_font_are_told_and_those_of_the_name_by_their_script_only(run):
    rows = (row(client="𒀀𒀁", title="Hip \U0010abcd", kinds="pdf"), row("C-105", kinds="pdf"))
    summary = run(*rows)
    first, second = summary
    assert first.result == second.result == "made"
    assert first.reason.startswith(
        "The PDF has boxes in place of U+10ABCD and letters (Cuneiform), for which there is no font on this computer; install one"
    )
    assert not set("𒀀𒀁") & set(f"{summary} {summary.to_frame().to_csv()}")
    assert second.reason == ""
