"""Several articles in one dump are told apart, or reported; stubs behind a paywall are said to be such."""

import pytest

from sitegen.intake import convert
from sitegen.intake.parts import parted
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


RULE = "=" * 20
STROKE = "\n" + "-" * 10 + "\n"
FAR = "\n\n\n\n\n"
SHORT = f"The school is to close\n4 May 2024\n\n{DISH.plain[1]}"


def story(number: int, *, title: str = "The story of the river") -> str:
    return f"{title} {number}\n{number % 28 + 1} March 2019\n\n" + "\n\n".join(
        f"{text} It was the day {number}." for text in DISH.plain
    )


def count(joined: str) -> tuple[int, list[str]]:
    parts = parted(joined)
    return len(parts), [problem.code for part in parts for problem in part.problems]


def test_a_hundred_articles_are_a_hundred() -> None:
    assert count(FAR.join(map(story, range(100)))) == (100, [])


def test_a_head_between_two_rules_begins_its_article() -> None:
    framed = [story(n).replace("\n\n", f"\n{RULE}\n", 1) for n in range(4)]
    titled = [story(n).replace("\n", f"\n{RULE}\n", 1) for n in range(4)]
    for heads in (framed, titled):
        joined = "\n".join(f"{RULE}\n{text}" for text in heads)
        assert count(joined) == (4, [])
        assert parted(joined)[1].text.split("\n")[1] == "The story of the river 1"


def test_a_short_article_between_rules_is_one_too() -> None:
    joined = f"\n{RULE}\n".join([story(0), SHORT, story(1)])
    assert count(joined) == (3, [])


def test_a_short_article_below_a_gap_is_told_of() -> None:
    assert count(FAR.join([story(0), SHORT, story(1)])) == (1, ["several-articles"])


def test_only_short_articles_between_rules_are_told_of() -> None:
    assert count(f"\n{RULE}\n".join([SHORT] * 3)) == (1, ["several-articles"])


def test_a_stray_rule_does_not_hide_the_heads() -> None:
    assert count(FAR.join(map(story, range(3))) + f"{STROKE}The editors") == (3, [])


def test_long_comments_between_rules_are_no_articles() -> None:
    for name in ("user", "Ann Weaver"):
        comments = STROKE.join(story(n, title=name).replace(f"{name} {n}", name) for n in range(3))
        assert count(f"{story(5)}{STROKE}Comments\n{comments}")[0] == 1


def test_parts_that_begin_with_their_date_are_told_apart() -> None:
    texts = [story(n).split("\n", 2) for n in range(3)]
    assert count(f"\n{RULE}\n".join(f"{date}\n{title}\n{text}" for title, date, text in texts)) == (3, [])
    assert count(f"\n{RULE}\n\n".join(f"{date}\n{text}" for _, date, text in texts)) == (3, [])


def test_a_paywall_is_told_with_its_line_in_the_whole_dump() -> None:
    wall = "Already a subscriber? Log in."
    joined = f"{story(0)}\n{RULE}\n{dump(DISH, blocks=2)}\n\n{wall}\n\nAbout us\nContact\n"
    _, second = read(joined)
    (problem,) = second.diagnostics
    assert (problem.code, problem.line) == ("paywall", joined.split("\n").index(wall) + 1)
