"""Several articles in one dump are told apart, or reported; stubs behind a paywall are said to be such."""

import pytest

from sitegen.intake import convert
from sitegen.model import Article
from tests.intake.shapes.texts import Text, texts

pytestmark = pytest.mark.quick
DISH, SUIT, CLOCK = texts()[:3]
TITLES = [DISH.title, SUIT.title, CLOCK.title]


def dump(text: Text, *, dated: bool = True, blocks: int | None = None) -> str:
    head = [text.title, text.around["by"].format(author=text.author), *([text.printed] if dated else []), ""]
    return "\n".join(head) + "\n" + "\n\n".join(text.plain[:blocks])


def read(joined: str) -> tuple[Article, ...]:
    return convert(joined.encode(), name="dump.txt")


def codes(*articles: Article) -> list[str]:
    return [problem.code for article in articles for problem in article.diagnostics]


@pytest.mark.parametrize("between", ["\n\n\n\n", "\n\f\n", "\n\n* * *\n\n", "\n\n" + "=" * 30 + "\n\n"])
def test_articles_with_heads_of_their_own_are_told_apart(between: str) -> None:
    found = read(between.join(dump(text) for text in (DISH, SUIT, CLOCK)))
    assert [article.title for article in found] == TITLES
    assert codes(*found) == []
    assert [article.number for article in found] == [1, 2, 3]


def test_lines_are_numbered_in_the_whole_dump() -> None:
    joined = "\n\n\n\n".join(dump(text) for text in (DISH, SUIT))
    second = read(joined)[1]
    line = second.evidence["title"].line
    assert line is not None
    assert joined.split("\n")[line - 1] == SUIT.title


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_second_head_right_under_a_text_is_reported(between: str) -> None:
    found = read(between.join(dump(text) for text in (DISH, SUIT, CLOCK)))
    assert len(found) == 1
    assert codes(*found) == ["several-articles"]


def test_long_parts_without_dates_are_reported() -> None:
    found = read(("\n\n" + "=" * 30 + "\n\n").join(dump(text, dated=False) for text in (DISH, SUIT, CLOCK)))
    assert codes(*found) == ["several-articles"]


def test_one_article_with_breaks_between_its_parts_is_one() -> None:
    text = dump(DISH).replace("\n\nBuilt in 1964", "\n\n* * *\n\nBuilt in 1964")
    assert len(read(text)) == 1
    assert codes(*read(text)) == []


@pytest.mark.parametrize(
    "wall",
    [
        "To continue reading, subscribe now.",
        "Continue reading with a free trial",
        "Already a subscriber? Log in.",
        "Weiterlesen mit einem Abo für einen Euro",
        "Cet article est réservé aux abonnés",
        "Para seguir leyendo, suscríbete",
        "Материал доступен только для подписчиков",
        "続きを読むには会員登録が必要です",
    ],
)
def test_a_stub_before_a_paywall_is_recognised_and_said(wall: str) -> None:
    (article,) = read(dump(DISH, blocks=2) + f"\n\n{wall}\n\nAbout us\nContact\n")
    assert codes(article) == ["paywall"]
    assert wall not in article.body
    assert DISH.plain[1] in article.body


def test_a_whole_article_is_no_stub() -> None:
    assert codes(*read(dump(DISH) + "\n\nSubscribe to our newsletter\nAbout us\n")) == []


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    blocks = [*CLOCK.plain[:3], CLOCK.plain[1], *CLOCK.plain[3:], CLOCK.plain[0]]
    (article,) = read("\n".join([CLOCK.title, CLOCK.printed, ""]) + "\n" + "\n\n".join(blocks))
    assert article.body.split("\n\n") == list(CLOCK.plain)
    assert [d.reason for d in article.dropped] == ["repeated", "repeated"]
