"""Charts are well-formed, small, repeatable, and say what they show."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.pages.charts import bars, lane, line, number, share_bar, spark_file
from sitegen.pages.network import ego, network
from sitegen.pages.views import Dot, Edge, Graph, Term
from sitegen.pages.worldmap import world

pytestmark = pytest.mark.quick
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(f"{1955 + n // 12}-{n % 12 + 1:02d}" for n in range(200))


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def term(number: int, count: int = 1) -> Term:
    return Term(f"t{number}", f"Someone <{number}>", f"actors/t{number}/", "person", count)


def star(size: int) -> Graph:
    edges = [Edge(0, n, size - n, 2.0) for n in range(1, size)]
    return Graph(tuple(term(n, size - n) for n in range(size)), tuple(edges))


def test_two_hundred_bars_stay_small() -> None:
    drawn = bars([(month, 1 + n % 97, "") for n, month in enumerate(MONTHS)], "./")
    assert len(drawn) < 8_000
    linked = bars([(month, 1 + n % 97, f"{month[:4]}/{month[5:]}/") for n, month in enumerate(MONTHS)], "./")
    assert len(linked) < 25_000


def test_bars_say_what_they_show_and_where_they_lead() -> None:
    drawn = bars([("1961-01", 2, "1961/01/"), ("1961-02", 0, ""), ("1961-03", 5, "1961/03/")], "../")
    tree = read(drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    assert tree.find(f"{SVG}title").text == "Articles by month"  # type: ignore[union-attr]
    assert "7 articles from January 1961 to March 1961; most in March 1961 (5)" in drawn
    assert drawn.count("<path") == 2
    assert 'xlink:href="../1961/03/"' in drawn


def test_no_chart_has_a_style_or_a_second_decimal() -> None:
    charts = [
        bars([(m, 1 + n % 7, "x/") for n, m in enumerate(MONTHS)], ""),
        lane(["1961", "1962"], [1, 2], ""),
        line([1, 5, 2]),
        share_bar(1, 3),
        spark_file(range(100)),
        ego(star(8), "../"),
        network(star(30), "../"),
        world([Dot(term(1), 12.345, 67.891)], "../"),
    ]
    for drawn in charts:
        read(drawn)
        assert "style" not in drawn
        assert not any(part[:1].isdigit() and part[1:2].isdigit() for part in drawn.split(".")[1:])


def test_nothing_to_draw_is_nothing() -> None:
    assert bars([], "") == ""
    assert bars([("1961", 0, "")], "") == ""
    assert world([], "") == ""


def test_a_picture_of_the_same_graph_is_the_same_picture() -> None:
    assert network(star(40), "../") == network(star(40), "../")


def test_labels_never_overlap() -> None:
    tree = read(network(star(40), "../").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))
    boxes = []
    for text in tree.iter(f"{SVG}text"):
        wide, x, y = 6.7 * len(text.text or ""), float(text.get("x", 0)), float(text.get("y", 0))
        left = x - {"middle": wide / 2, "start": 0, "end": wide}[text.get("text-anchor", "start")]
        boxes.append((left, y - 11, left + wide, y + 4))
    for at, a in enumerate(boxes):
        for b in boxes[:at]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


@given(st.lists(st.tuples(st.integers(0, 10**6)), min_size=1, max_size=90))
def test_any_counts_can_be_drawn(counts: list[tuple[int]]) -> None:
    drawn = bars([(str(1900 + n), count, "") for n, (count,) in enumerate(counts)], "")
    assert not drawn or read(drawn)
    assert spark_file([c for (c,) in counts]).count("M") <= 33


@given(st.floats(-1000, 1000))
def test_numbers_have_one_decimal_at_most(value: float) -> None:
    assert abs(float(number(value)) - value) <= 0.0501
    assert len(number(value).partition(".")[2]) <= 1


def test_names_beside_an_actor_stay_inside_the_drawing() -> None:
    names = ("Middle", "Syrian Democratic Forces", "Short")
    graph = Graph(
        tuple(Term(str(at), name, f"actors/{at}/") for at, name in enumerate(names)),
        (Edge(0, 1, 2, 1.0), Edge(0, 2, 1, 1.0)),
    )
    texts = [text.text for text in read(ego(graph, "")).iter("text")]
    assert texts == ["Syrian Democrati…", "Short"]
