"""A course as a page for the chart: whole, printable, readable by all, and running nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import made_up
import pytest
from axe import violations
from nu import messages

from selfcare_kit.course.visits import Unread
from selfcare_kit.model.outcome import Activity, Outcome

ROW = re.compile(r'<tr><th scope="row"><bdi>(.*?)</bdi></th>(.*?)</tr>')


def rows_of(html):
    return {title: re.findall("<td>(.*?)</td>", cells) for title, cells in ROW.findall(html)}


def test_every_number_of_the_figure_stands_in_the_table():
    rows = rows_of(made_up.six_visits().to_html())
    assert rows["Hip, side, left"] == ["7", "6", "6", "5", "5", "3"]
    assert rows["Thigh, outer, left"] == ["4", "3", "3", "\N{EN DASH}", "2", "0"]
    assert rows["Days done"] == ["\N{EN DASH}", "6 of 7", "5 of 6", "7 of 8", "6 of 7", "4 of 7"]
    assert rows["Climb the stairs: 0 not at all, 10 as before"] == ["3", "4", "4", "6", "\N{EN DASH}", "9"]


def test_the_page_holds_the_paragraph_the_changes_and_what_was_not_read():
    course = replace(made_up.six_visits(), contradicting=(Unread("a.csv", "a.csv <b>is</b> no routine."),))
    html = course.to_html()
    assert "Done on 28 of 35 planned days" in html
    assert made_up.LIGHTER in html
    assert "a.csv &lt;b&gt;is&lt;/b&gt; no routine." in html


def test_the_page_is_the_same_every_time_and_a_file_when_a_path_is_given(tmp_path):
    course = made_up.two_visits()
    path = course.to_html(tmp_path / "c.html")
    assert path.read_text(encoding="utf-8") == course.to_html()


def test_the_page_runs_nothing_loads_nothing_and_names_each_part_once():
    html = made_up.six_visits().to_html()
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', html.replace('xlink:href="#', 'xlink:href="#')) == []
    names = re.findall(r'\bid="([^"]*)"', html)
    assert len(names) == len(set(names))


def test_what_was_typed_stays_text_in_the_figure_and_in_the_table():
    outcome = Outcome(activities=(Activity("<script>alert(1)</script>", 4),))
    course = replace(made_up.one_visit(), visits=(made_up.visit(0, {"heel": 6}, outcome),))
    html = course.to_html()
    assert "<script" not in html.casefold()
    assert "&lt;Script&gt;" in html or "&lt;script&gt;" in html


@pytest.mark.browser
@pytest.mark.parametrize("make", [made_up.six_visits, made_up.twelve_visits])
def test_axe_finds_nothing_and_the_page_is_two_sheets(browser, make):
    page = browser.new_page()
    page.set_content(make().to_html())
    assert violations(page) == []
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    page.close()


@pytest.mark.slow
@pytest.mark.office
def test_the_checker_of_html_finds_nothing(tmp_path):
    path = made_up.six_visits().to_html(tmp_path / "c.html")
    assert messages([path]) == []
