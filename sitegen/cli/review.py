"""`sitegen actors review`: proposals one after the other, answered with single keys.

Each answer is written at once, so that a review can be left at any time and taken up later.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct, field

from sitegen.archive.library import Library
from sitegen.cli.keys import keys
from sitegen.cli.suggest import keep
from sitegen.cli.talk import Talk
from sitegen.run.decide import Desk, Evidence, gathered, open_proposals
from sitegen.text import clip
from sitegen.vocabulary import Vocabulary
from sitegen.vocabulary.proposals import Proposal, explained

_SHOWN = 12
_HELP = """  a  accept: do it, and write it down
  r  reject: never propose it again
  s  skip: decide another time
  w  why: the articles that it would change
  u  undo the last answer
  q  quit (so do Ctrl-C and Ctrl-D); what is answered stays
"""


class _Course(Struct):
    """How far a review has come: what was skipped, and for each answer how to take it back."""

    skipped: set[str] = field(default_factory=set)
    answers: list[tuple[str, Proposal, str, str]] = field(default_factory=list)


def review(talk: Talk, desk: Desk, articles: Library, vocabulary: Vocabulary) -> int:
    """Ask about one proposal after the other until none is left or the person leaves."""
    evidence = gathered(desk, articles, vocabulary)
    course = _Course()
    try:
        with keys() as pressed:
            while (proposal := _next(desk, evidence, course, talk)) and _ask(
                proposal, pressed, desk, course, talk, articles
            ):
                pass
    finally:
        counted = [word for word, *_ in course.answers]
        skipped = len(course.skipped) - (len(counted) if desk.dry_run else 0)
        kept = "nothing is written" if desk.dry_run else f"kept in {desk.shown}, `sitegen build` shows it"
        accepted, rejected = counted.count("accept"), counted.count("reject")
        talk.say(f"{accepted} accepted, {rejected} rejected, {skipped} skipped; {kept}")
    return 0


def _next(desk: Desk, evidence: Evidence, course: _Course, talk: Talk) -> Proposal | None:
    """Show the first proposal that is open and not skipped, None where there is none."""
    open_ = [p for p in open_proposals(desk, evidence) if p.id not in course.skipped]
    if not open_:
        talk.say("nothing is left to decide")
        return None
    said = explained(open_[0])
    talk.say(f"\n{len(open_)} open: {said['id']}\n{said['what']}\n  {said['why']}; {said['pages']}")
    return open_[0]


def _ask(
    proposal: Proposal, pressed: Iterator[str], desk: Desk, course: _Course, talk: Talk, articles: Library
) -> bool:
    """Take keys until the proposal is answered, skipped or another is to be shown; False to leave."""
    talk.say("[a]ccept [r]eject [s]kip [w]hy [u]ndo [q]uit [?]")
    for key in pressed:
        if key in ("a", "r"):
            _answer(proposal, "accept" if key == "a" else "reject", desk, course, talk)
            return True
        if key == "s":
            course.skipped.add(proposal.id)
            return True
        if key == "u":
            _undo(desk, course, talk)
            return True
        if key == "q":
            return False
        talk.say(_pages(proposal, articles) if key == "w" else _HELP)
    return False


def _answer(proposal: Proposal, word: str, desk: Desk, course: _Course, talk: Talk) -> None:
    before = keep(desk, proposal, accept=word == "accept")
    after = desk.text()
    course.answers.append((word, proposal, before, after))
    if desk.dry_run:
        course.skipped.add(proposal.id)
    done = "accepted" if word == "accept" else "rejected"
    talk.say(f"  {done}: {proposal.id}")
    if talk.as_json:
        pages = list(proposal.articles) if word == "accept" else []
        talk.result({"id": proposal.id, "answer": word, "file": desk.shown, "pages": pages})


def _undo(desk: Desk, course: _Course, talk: Talk) -> None:
    """Put the file back as it was before the last answer, unless somebody has changed it since."""
    if not course.answers:
        talk.say("  nothing to undo")
        return
    word, proposal, before, after = course.answers.pop()
    if desk.text() != after:
        talk.say(f"  {desk.shown} has changed since: undo it there")
        return
    desk.decide(partial(_back, text_before=before))
    course.skipped.discard(proposal.id)
    talk.say(f"  undone: {word} {proposal.id}")
    if talk.as_json:
        talk.result({"id": proposal.id, "answer": "undo", "file": desk.shown, "pages": []})


def _back(_text: str, text_before: str) -> str:
    return text_before


def _pages(proposal: Proposal, articles: Library) -> str:
    lines = []
    for key in proposal.articles[:_SHOWN]:
        entry = articles.by_key[key]
        lines.append(f"  {entry.date[:10] or 'undated':<10} {clip(entry.front.title, 80)}  /{key}/")
    more = len(proposal.articles) - len(lines)
    return "\n".join([*lines, f"  and {more} more"] if more else lines)
