"""What the articles of one source teach: furniture, the titles' tail, day and month, the byline's place."""

import pytest

from sitegen.intake.lessons import Lesson, Sample, lessons
from sitegen.model import SourceRules

pytestmark = pytest.mark.quick
POST = SourceRules("post", "The Post")


def taught(*samples: Sample, source: SourceRules = POST, rejected: tuple[str, ...] = ()) -> list[Lesson]:
    return list(lessons({source.id: samples}, {source.id: source}, rejected))


def with_blocks(*texts: tuple[str, ...], **more: object) -> list[Sample]:
    return [Sample(f"2019/{n}", f"Title {n}", blocks, **more) for n, blocks in enumerate(texts)]  # type: ignore[arg-type]


def test_a_line_of_three_articles_is_furniture() -> None:
    own = [(f"Text number {word}.", "The Post is owned by its readers.") for word in ("one", "two", "three")]
    (lesson,) = taught(*with_blocks(*own))
    assert (lesson.key, lesson.value) == ("drop", "The Post is owned by its readers.")
    assert lesson.articles == ("2019/0", "2019/1", "2019/2")
    assert lesson.evidence == "this line stands in 3 of 3 articles"


def test_a_line_of_two_articles_is_none() -> None:
    assert taught(*with_blocks(("A.", "Again."), ("B.", "Again."), ("C.",))) == []


def test_a_line_that_differs_in_its_figures_is_one() -> None:
    texts = [("Text.", f"The Post, volume {n}, number {n * 7}") for n in range(4)]
    values = [lesson.value for lesson in taught(*with_blocks(*texts))]
    assert "The Post, volume *, number *" in values


def test_a_label_with_ever_other_words_is_one() -> None:
    others = ("the ferry sails", "a tram stops", "the granary opens", "an orchard blooms")
    texts = [(f"Text {what}.", f"Also in this series: {what}") for what in others]
    (lesson,) = taught(*with_blocks(*texts))
    assert lesson.value == "Also in this series: *"
    assert len(lesson.examples) == 3


def test_headings_of_some_articles_stay() -> None:
    texts = [(f"Text {n}.", "Background") if n < 3 else (f"Text {n}.",) for n in range(12)]
    assert taught(*with_blocks(*texts, headings=frozenset({"Background"}))) == []


def test_what_is_a_rule_or_was_turned_down_is_not_suggested() -> None:
    samples = with_blocks(*[(f"Text {n}.", "Ours.") for n in "abc"])
    (lesson,) = taught(*samples)
    assert taught(*samples, rejected=(lesson.id,)) == []
    assert taught(*samples, source=SourceRules("post", "The Post", drop=("ours*",))) == []


def test_the_tail_of_titles_is_seen() -> None:
    titles = ("The ferry sails again", "A tram stops for good", "Orchards bloom in March")
    samples = [Sample(f"2019/{n}", f"{title} | The Post") for n, title in enumerate(titles)]
    (lesson,) = taught(*samples)
    assert (lesson.key, lesson.value) == ("title_tail", " | The Post")


def test_day_and_month_are_learned_from_dates_that_can_be_read_one_way() -> None:
    dates = ("31/12/2018", "25/02/2019", "7/2/2019")
    samples = [Sample(f"2019/{n}", "T", date_line=line) for n, line in enumerate(dates)]
    (lesson,) = taught(*samples)
    assert (lesson.key, lesson.value, lesson.articles) == ("day_first", True, ("2019/2",))


def test_dates_that_contradict_each_other_teach_nothing() -> None:
    dates = ("31/12/2018", "02/25/2019", "7/2/2019")
    assert taught(*[Sample(f"2019/{n}", "T", date_line=line) for n, line in enumerate(dates)]) == []


def test_the_place_of_the_byline_is_learned_from_names() -> None:
    names = ("Marit Solheim", "Jan Berg", "Ana Lopes")
    samples = [Sample(f"2019/{n}", "T", near=(("below title", name),)) for n, name in enumerate(names)]
    (lesson,) = taught(*samples)
    assert (lesson.key, lesson.value) == ("byline", "below title")
