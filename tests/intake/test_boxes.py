"""Boxes between the paragraphs of a page that its classes call an advertisement, an offer or a form."""

import pytest

from sitegen.intake import convert

pytestmark = pytest.mark.quick

SAID = (
    "The council decided late on Tuesday to keep the ferry running until the end of March, the mayor said. "
)
OFFER = "Get the Courier delivered to your door from Monday. First month for one dollar."


def body_of(inner: str) -> tuple[str, dict[str, str]]:
    page = f"<html><body><article><h1>Ferry stays</h1>{inner}</article></body></html>"
    (article,) = convert(page.encode(), name="page.html")
    return article.body, {d.text: d.reason for d in article.dropped}


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (f"<div class='ad-slot'><p>{OFFER}</p></div>", "advertisement"),
        (f"<aside class='newsletter-box'><p>{OFFER}</p></aside>", "prompt"),
        (f"<form><p>{OFFER}</p></form>", "form"),
    ],
)
def test_a_short_box_between_paragraphs_is_no_text(box: str, reason: str) -> None:
    body, dropped = body_of(f"<p>{SAID * 3}</p>" * 3 + box + f"<p>{SAID * 3}</p>" * 3)
    assert OFFER not in body
    assert dropped[OFFER] in (reason, "outside")


def test_a_page_that_stands_in_such_a_box_as_a_whole_keeps_its_text() -> None:
    body, _ = body_of(f"<div class='ad-free'><p>{SAID * 3}</p><p>{OFFER}</p><p>{SAID * 3}</p></div>")
    assert OFFER in body


def test_a_long_part_in_such_a_box_is_text() -> None:
    body, _ = body_of(f"<p>{SAID * 3}</p><div class='sponsor-note'><p>{SAID * 9}</p></div><p>{SAID * 3}</p>")
    assert (SAID * 9).strip() in body
