"""Date and title of a text dump, read off the lines around the article."""

import pytest

from sitegen.intake import convert

pytestmark = pytest.mark.quick

TITLE = "Ferry runs until the end of March"
STORY = "\n\n".join(
    [
        "The council voted late on Tuesday to keep the ferry running until the end of March, the mayor said.",
        "Seven of the eleven members backed the plan, which sets aside money for the ferry from the reserve.",
        "The ferry carries some four hundred people a day, and the council had meant to close the pier.",
        "Work on a study for the bridge is due to begin in April, and the first ferry leaves at six.",
    ]
)


def date_of(above: str = "", below: str = "") -> str | None:
    dump = f"{TITLE}\n\n{above}\n\n{STORY}\n\n{below}\n"
    (article,) = convert(dump.encode(), name="dump.txt", form="text")
    assert article.title == TITLE
    return article.date.date if article.date else None


def test_a_date_of_change_alone_is_not_that_of_publication() -> None:
    assert date_of("Last updated: 12 March 2024") is None
    assert date_of("Published 12 March 2024, updated 14 March 2024") == "2024-03-12"


def test_a_date_between_bars_is_found_beside_many_words() -> None:
    line = (
        "by Marit Solheim | Mar 12, 2024 | All about boats and their repair, learn about boats | 0 comments"
    )
    assert date_of(line) == "2024-03-12"


def test_only_a_line_that_says_published_may_stand_far_below_the_text() -> None:
    furniture = "\n".join(f"Other news of the harbour {at}" for at in "abcdefghijkl")
    assert date_of(below=f"{furniture}\nPublished 12 March 2024") == "2024-03-12"
    assert date_of(below=f"{furniture}\n12 March 2024") is None


def address_of(above: str = "", below: str = "") -> tuple[str | None, str]:
    (article,) = convert(f"{above}\n\n{TITLE}\n\n{STORY}\n\n{below}\n".encode(), name="dump.txt")
    return article.url, article.evidence["url"].rule if "url" in article.evidence else ""


@pytest.mark.parametrize(
    "address",
    [
        "https://courier.example/news/ferry-until-march",
        "https://courier.example/news/42969182",
        "http://a.example/march-2024",
    ],
)
def test_an_address_at_the_foot_is_the_texts_where_it_is_like_one(address: str) -> None:
    assert address_of(below=address) == (address, "address-line-below")
    assert address_of(above="https://courier.example/x", below=address) == (
        "https://courier.example/x",
        "address-line",
    )


@pytest.mark.parametrize(
    "foot",
    [
        "https://www.courier.example/newsletter",
        "https://www.courier.example/",
        "Sources:\n\nhttps://un.example/2024/report-on-the-ferry",
        "https://un.example/2024/the-ferry-until-march.pdf",
        "https://a.example/2024/ferry-march\n\nhttps://b.example/2024/ferry-march",
    ],
)
def test_another_address_at_the_foot_is_not_the_texts(foot: str) -> None:
    assert address_of(below=foot) == (None, "")


def test_an_address_below_a_short_text_is_none_of_its_head() -> None:
    paragraph = STORY.split("\n\n")[0]
    (article,) = convert(
        f"{TITLE}\n\n{paragraph} {paragraph}\n\nhttps://a.example/join\n".encode(), name="dump.txt"
    )
    assert article.url is None
