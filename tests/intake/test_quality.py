"""The quality gate: our own articles in every shape that archives hold them in, against floors in a file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from statistics import fmean

import pytest

from sitegen.intake import convert
from tests.intake.shapes.dumps import dumps
from tests.intake.shapes.pages import page, pages
from tests.intake.shapes.score import Row, scored
from tests.intake.shapes.texts import texts

pytestmark = pytest.mark.quality
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))


@cache
def rows() -> tuple[Row, ...]:
    return tuple(scored(case) for case in (*dumps(texts()), *pages(texts())))


def body(of: Iterable[Row]) -> float:
    return fmean(row.f1 for row in of)


def hits(field: str) -> list[bool]:
    return [row.hits[field] for row in rows() if field in row.hits]


def test_no_word_of_any_input_is_lost() -> None:
    assert [(row.case.shape, row.case.name) for row in rows() if row.lost] == []


def test_bodies_overall_reach_their_floor() -> None:
    assert body(rows()) >= FLOORS["all"]["body"]


@pytest.mark.parametrize("shape", FLOORS["body"])
def test_bodies_of_each_shape_reach_their_floor(shape: str) -> None:
    own = [row for row in rows() if row.case.shape == shape]
    assert len(own) >= 3
    assert body(own) >= FLOORS["body"][shape], [(row.case.name, round(row.f1, 3)) for row in own]


@pytest.mark.parametrize("lang", FLOORS["languages"])
def test_bodies_in_each_language_reach_their_floor(lang: str) -> None:
    own = [row for row in rows() if row.case.texts[0].lang == lang]
    assert body(own) >= FLOORS["languages"][lang], [(r.case.shape, r.case.name, round(r.f1, 3)) for r in own]


@pytest.mark.parametrize("field", ["title", "date", "author", "lang"])
def test_fields_reach_their_floor(field: str) -> None:
    wrong = [(row.case.shape, row.case.name) for row in rows() if row.hits.get(field) is False]
    assert fmean(hits(field)) >= FLOORS["all"][field], wrong


def test_every_shape_and_language_has_a_floor() -> None:
    assert {row.case.shape for row in rows()} == set(FLOORS["body"])
    assert {text.lang for text in texts()} == set(FLOORS["languages"])


@pytest.mark.parametrize("id_", ["ar-souq"])
def test_text_from_right_to_left_keeps_its_order_and_marks(id_: str) -> None:
    text = next(text for text in texts() if text.id == id_)
    (article,) = convert(page(text).content, name="page.html")
    assert article.lang == "ar"
    assert article.body.split("\n\n") == list(text.plain)
