import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.intake import convert
from sitegen.model import SourceRules
from sitegen.vocabulary import vocabulary
from tests.intake.account import missing_words
from tests.shared import found

pytestmark = pytest.mark.quick
SEEDS = found("seeds")

SENTENCES = st.sampled_from(
    [
        "The council voted late on Tuesday to keep the ferry running until the end of March.",
        "Seven of the eleven members backed the plan, which sets aside money from the reserve fund.",
        "“A timetable is a promise,” she told the meeting on the island.",
        "Die Stadt hat am Montag beschlossen, das alte Hallenbad nicht abzureißen.",
        "Власти города решили не сносить старую пожарную каланчу, а открыть в ней музей.",
        "町議会は火曜日の夜、使われなくなった灯台を残す計画を可決した。",
    ]
)
FURNITURE = st.sampled_from(
    ["Home", "Share", "Log in", "READ MORE: The last lighthouse", "0:00", "24:55", "* item",
     "By Marit Solheim", "12 March 2024", "© 2024 Courier", "iconiconicon menuicon",
     "\tindented\tcells", "> quoted", "| a | b |", "<b>x</b>", "---", ""]
)  # fmt: skip
PARAGRAPH = st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join)
NOISE = st.text(alphabet="aé б中\t*_`#<&|>[]-1.", max_size=30)
DUMPS = st.lists(st.one_of(PARAGRAPH, FURNITURE, NOISE), max_size=30).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(DUMPS)
def test_every_word_of_a_text_is_in_the_body_a_field_or_dropped(dump: str) -> None:
    raw = dump.encode("utf-8", "replace")
    assert missing_words(raw, convert(raw, name="dump", form="text")) == []


@settings(max_examples=60, deadline=None)
@given(DUMPS)
def test_cleaning_never_adds_a_word(dump: str) -> None:
    body = convert(dump.encode("utf-8", "replace"), name="dump", form="text")[0].body
    words = re.findall(r"[^\W_]+", dump)
    assert set(re.findall(r"[^\W_]+", body)) <= set(words)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_article_or_a_reason(raw: bytes) -> None:
    for article in convert(raw, name="dump"):
        assert article.body or article.diagnostics


def test_input_without_text_says_so() -> None:
    (article,) = convert(b"Home\nNews\nLog in\n", name="menu.txt")
    assert (article.body, [p.code for p in article.diagnostics]) == ("", ["no-article"])


def test_likely_sentences_of_a_text_without_an_article_are_kept_and_said_to_be_in_doubt() -> None:
    menu = "Home\nNews\nSport\nWeather\nContact\n" * 3
    said = "Whoever holds a season ticket may take the earlier bus for the same price."
    title = "The ferry to the northern islands will leave half an hour later from Monday."
    (article,) = convert(f"{menu}{title}\n{said}\n{menu}".encode(), name="page.txt")
    assert (article.title, article.body) == (title, said)
    assert [(p.code, p.severity) for p in article.diagnostics] == [("in-doubt", "warning")]
    assert article.evidence["body"].rule == "lines-in-doubt"


STORY = "\n\n".join(
    [
        "The council voted late on Tuesday to keep the ferry running until the end of March, the mayor said.",
        "Seven of the eleven members backed the plan, which sets aside money from the reserve fund for it.",
        "Tip us off: desk@courier.example, we read every mail that reaches the newsroom and answer most.",
        "Work on a study for the bridge is due to begin in April, and the first boat leaves at six.",
    ]
)


def test_a_persons_rules_for_a_source_are_obeyed() -> None:
    rules = SourceRules(
        "courier", "The Courier", hosts=("courier.example",), drop=("Tip us off*",), keep=("log in",)
    )
    known = vocabulary([], [], [rules])
    dump = f"https://courier.example/a/1\n\nFerry runs until March\n\n{STORY}\n\nLog in\n".encode()
    (article,) = convert(dump, name="dump", vocabulary=known)
    assert article.source == "The Courier"
    assert "Tip us off" not in article.body
    assert "Log in" in article.body
    assert ("source-rule", 9) in {(d.reason, d.line) for d in article.dropped}


def test_markup_in_a_text_is_shown_and_never_meant() -> None:
    line = "<script>alert(1)</script> said the sign at the pier, and nobody knew why it did."
    dump = f"Ferry runs until March\n\n{line}\n\n{STORY}"
    (article,) = convert(dump.encode(), name="dump", form="text")
    assert "<script" not in article.markdown
    assert "<script>" in article.body


@pytest.mark.skipif(SEEDS is None, reason="needs ../shared")
def test_the_first_dump_of_all_comes_out_whole() -> None:
    assert SEEDS is not None
    raw = next(SEEDS.glob("*.txt")).read_bytes()
    (article,) = convert(raw, name="dump")
    assert article.title == "US-led coalition conducts ‘defensive’ airstrikes against Syrian forces"
    assert (str(article.date), article.dateline, article.place) == (
        "2018-02-07T22:58",
        "7 Feb, 2018 22:58",
        None,
    )
    lines = raw.decode().split("\n")
    wanted = [lines[at] for at in (5, 7, 9, 11, 13, 15, 17, 21, 23, 25, 27, 29)]
    assert article.body.split("\n\n") == [" ".join(line.split()) for line in wanted]
    assert [r.title for r in article.related] == [lines[19].removeprefix("READ MORE: ")]
    assert missing_words(raw, (article,)) == []
