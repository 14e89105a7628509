"""`suggest`, `accept` and `reject` of actors and topics: proposals that a person answers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial

from sitegen.archive.library import Library
from sitegen.cli.talk import Talk
from sitegen.errors import Problem, SitegenError
from sitegen.run.decide import Desk, gathered, open_proposals
from sitegen.text import counted
from sitegen.vocabulary import Vocabulary, edit
from sitegen.vocabulary.proposals import Proposal, accepted, explained


def suggest(
    args: argparse.Namespace, talk: Talk, desk: Desk, articles: Library, vocabulary: Vocabulary
) -> int:
    """Print what is worth deciding, the most worth first; nothing is changed."""
    found = open_proposals(desk, gathered(desk, articles, vocabulary))
    for number, proposal in enumerate(found[: args.limit], 1):
        if talk.as_json:
            talk.result(as_row(proposal))
            continue
        said = explained(proposal)
        talk.line(f"{number}. {said['id']}\n  {said['what']}\n  {said['why']}; {said['pages']}")
        for key in proposal.articles if talk.verbose else ():
            talk.line(f"    /{key}/")
    more = len(found) - min(len(found), args.limit)
    talk.say(
        f"{counted(len(found), 'proposal')}{f', {more} not shown (--limit)' if more else ''}; "
        f"answer with `sitegen {desk.which} accept ID`, `reject ID`, or `review`"
    )
    return 0


def as_row(proposal: Proposal) -> dict[str, object]:
    """Return a proposal as `--json` prints it."""
    return {
        "id": proposal.id,
        "sort": proposal.sort,
        "terms": [{"id": t.id, "name": t.name} for t in proposal.terms],
        "names": proposal.names,
        "why": proposal.evidence,
        "score": proposal.score,
        "pages": proposal.articles,
    }


def answer(
    args: argparse.Namespace, talk: Talk, desk: Desk, articles: Library, vocabulary: Vocabulary
) -> int:
    """Keep the answers to proposals: each taken up, or turned down for good."""
    if args.does == "reject" and args.undo:
        for given in args.ids:
            desk.decide(partial(edit.unreject, proposal=given))
            tell(talk, desk, given, (), "may be proposed again")
        return 0
    evidence = gathered(desk, articles, vocabulary)
    found = open_proposals(desk, evidence)
    for meant in [_meant(given, found, desk) for given in args.ids]:
        # an answer may change what is still open: what a merge has made one is asked about as one
        proposal = _meant(meant.id, open_proposals(desk, evidence), desk)
        keep(desk, proposal, accept=args.does == "accept")
        pages = proposal.articles if args.does == "accept" else ()
        done = explained(proposal)["what"] if args.does == "accept" else "not proposed any more"
        tell(talk, desk, proposal.id, pages, done)
    return 0


def keep(desk: Desk, proposal: Proposal, *, accept: bool) -> str:
    """Write the answer to a proposal into the file, and return the text that it had before."""
    if accept:
        return desk.decide(partial(accepted, proposal=proposal))
    return desk.decide(partial(edit.reject, proposal=proposal.id))


def tell(talk: Talk, desk: Desk, identity: str, pages: Sequence[str], done: str) -> None:
    """Tell what became of one proposal, with each page that changes under `-v`."""
    for key in pages:
        talk.detail(f"changes /{key}/")
    where = f"would change {desk.shown}" if desk.dry_run else f"kept in {desk.shown}"
    talk.say(f"{identity}: {done}; {where}, changes {counted(len(pages), 'article')}")
    if talk.as_json:
        talk.result({"id": identity, "file": desk.shown, "pages": list(pages)})


def _meant(given: str, found: Sequence[Proposal], desk: Desk) -> Proposal:
    """Return the proposal of this number, of this id, or whose id alone begins so."""
    if given.isdecimal() and 0 < int(given) <= len(found):
        return found[int(given) - 1]
    exact = [p for p in found if p.id == given]
    near = exact or [p for p in found if p.id.startswith(given)]
    if len(near) == 1:
        return near[0]
    hint = f"see `sitegen {desk.which} suggest`"
    what = (
        f"fits {len(near)} proposals: {', '.join(p.id for p in near[:5])}" if near else "is no open proposal"
    )
    raise SitegenError(Problem("proposal", what, file=given, hint=hint))
