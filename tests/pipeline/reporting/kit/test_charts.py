"""The kinds of pictures: what is drawn where, with which text and colour."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from math import cos, radians

from pipeline.reporting.kit.charts.axis import spread, ticks
from pipeline.reporting.kit.charts.bars import Bar, BarRow, draw_bars
from pipeline.reporting.kit.charts.cloud import Cloud, draw_clouds
from pipeline.reporting.kit.charts.columns import Layer, draw_columns
from pipeline.reporting.kit.charts.dots import Estimate, draw_dots
from pipeline.reporting.kit.charts.flows import Group, draw_flows
from pipeline.reporting.kit.charts.grid import Cell, draw_grid
from pipeline.reporting.kit.charts.lines import Levels, Series, draw_lines
from pipeline.reporting.kit.svg import Canvas, Chart, width_of

_SPACE = "{http://www.w3.org/2000/svg}"


def shapes(chart: Chart, tag: str, kind: str = "") -> list[dict[str, str]]:
    """Return the shapes of a tag whose classes hold a word."""
    root = ET.fromstring(chart.file())
    found = [dict(one.attrib) for one in root.iter(f"{_SPACE}{tag}")]
    return [one for one in found if not kind or kind in one.get("class", "").split()]


def said(chart: Chart) -> list[str]:
    return [one.text or "" for one in ET.fromstring(chart.file()).iter(f"{_SPACE}text")]


def finished(canvas: Canvas, height: float) -> Chart:
    chart = canvas.finished(height, "what it shows")
    for one in shapes(chart, "text"):
        assert 0 <= float(one["x"]) <= chart.width
        assert 0 <= float(one["y"]) <= chart.height
    return chart


def test_bars_are_as_long_as_their_values_and_a_hidden_one_has_its_words() -> None:
    canvas = Canvas("Sizes", note="made up")
    rows = [
        BarRow("First", "s0", (Bar(0.4, "40%"), Bar(0.2, "20%", is_faint=True))),
        BarRow("Second", "s1", (Bar(None, "hidden"),)),
    ]
    chart = finished(canvas, draw_bars(canvas, rows))
    long, short = (float(one["width"]) for one in shapes(chart, "rect", "s0"))
    assert abs(long - 2 * short) < 0.2
    assert shapes(chart, "rect", "s0")[1]["fill-opacity"] == "0.45"
    assert said(chart) == ["Sizes", "made up", "First", "40%", "20%", "Second", "hidden"]


def test_a_grid_is_strong_where_there_is_much_and_has_two_colours_for_more_and_less() -> None:
    canvas = Canvas("Grid")
    cells = [[Cell(1.0, "a"), Cell(-0.5, "b"), Cell(None, "")]]
    chart = finished(canvas, draw_grid(canvas, ["row"], ["x", "y", "z"], cells))
    assert [one["fill-opacity"] for one in shapes(chart, "rect", "up")] == ["0.60"]
    assert [one["fill-opacity"] for one in shapes(chart, "rect", "down")] == ["0.30"]


def test_many_long_names_above_a_grid_stand_at_an_angle() -> None:
    canvas = Canvas("Grid")
    names = [f"A rather long name {at}" for at in range(10)]
    chart = finished(canvas, draw_grid(canvas, ["row"], names, [[Cell(0.1)] * 10]))
    turned = [one for one in shapes(chart, "text") if "rotate(-35" in one.get("transform", "")]
    assert len(turned) == 10
    # Seen from above, the last ones end where the picture ends.
    across = cos(radians(35)) * width_of(names[0])
    assert max(float(one["x"]) + across for one in turned) <= canvas.width + 1


def test_an_interval_beyond_the_axis_ends_with_it() -> None:
    canvas = Canvas("Dots", width=460)
    estimates = [Estimate("wide", "s0", 1.0, "1", 0.0, 400.0), Estimate("none", "s1", 2.0, "2")]
    height = draw_dots(
        canvas, estimates, average=1.5, average_label="mean", write=str, axis_label="x"
    )
    chart = finished(canvas, height)
    (interval,) = shapes(chart, "path", "interval")
    ends = [float(x) for x in re.findall(r"[ML]([\d.]+) ", interval["d"])]
    assert max(ends) <= 460
    assert len(shapes(chart, "circle")) == 2


def test_lines_are_named_at_their_ends_apart_from_each_other() -> None:
    canvas = Canvas("Lines")
    series = [Series(name, "main", {2: 0.5, 3: 0.51}) for name in ("one", "two", "three")]
    also = Levels((("limit", 0.5, "second"),), 3, "chosen")
    height = draw_lines(canvas, series, [2, 3], top=1.0, write=str, axis_label="k", also=also)
    chart = finished(canvas, height)
    places = sorted(
        float(one["y"]) for one in shapes(chart, "text", "small") if float(one["x"]) > 600
    )
    assert len(places) == 4
    assert all(below - above > 12 for above, below in pairwise(places))
    assert len(shapes(chart, "path", "mark")) == 1


def test_columns_add_up_and_a_hidden_part_is_left_out() -> None:
    canvas = Canvas("Columns")
    layers = [Layer("low", "main", (3.0, None)), Layer("high", "second", (1.0, 2.0))]
    chart = finished(canvas, draw_columns(canvas, layers, ["May", "June"], write=str))
    heights = [round(float(one["height"])) for one in shapes(chart, "rect", "main")]
    assert heights[1] == 0
    high = float(shapes(chart, "rect", "second")[0]["height"])
    assert abs(heights[0] - 3 * high) < 1.5


def test_a_cloud_is_one_path_with_its_name_in_the_middle() -> None:
    canvas = Canvas("Cloud")
    clouds = [Cloud("only", "s3", [(0.0, 0.0), (1.0, 2.0), (2.0, 1.0)])]
    chart = finished(canvas, draw_clouds(canvas, clouds, write=str, labels=("x", "y")))
    (path,) = shapes(chart, "path", "points")
    assert path["d"].count("h0") == 3
    assert "only" in said(chart)


def test_bands_are_as_wide_as_many_moved() -> None:
    canvas = Canvas("Flows")
    former, later = [Group("A", "s0"), Group("B", "s1")], [Group("A", "s0")]
    counts = {(0, 0): 30, (1, 0): 10}
    height = draw_flows(canvas, former, later, counts, titles=("then", "now"))
    chart = finished(canvas, height)
    assert len(shapes(chart, "path", "flow")) == 2
    ends = [float(one["height"]) for one in shapes(chart, "rect", "s0")]
    assert abs(ends[0] / ends[1] - 0.75) < 0.01


def test_ticks_are_round_and_texts_are_moved_apart() -> None:
    assert ticks(0.0, 0.0) == [0.0]
    assert ticks(-1.0, 1.0) == [-1.0, -0.5, 0.0, 0.5, 1.0]
    assert spread([5.0, 5.0, 50.0], 10.0) == [0.0, 10.0, 50.0]


def test_texts_cannot_break_a_picture() -> None:
    canvas = Canvas("<b> & co", note="1 < 2")
    chart = canvas.finished(50, 'a "quote" & <tag>')
    assert said(chart) == ["<b> & co", "1 < 2"]
    assert ET.fromstring(chart.file()).attrib["aria-label"] == 'a "quote" & <tag>'
    assert width_of("ab") < width_of("abc")
