"""Keeping one cleaned article: what is new, what is here already, what a person has changed.

The order of writing makes an interrupted run safe to take up: the original first (on the disk
before anything names it), its account, then the article, then the base for later merges. An
original with a base and no article is one that a person has deleted, and it stays deleted until
`--again`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.document import Document, decode, document, file_text, front_matter
from sitegen.archive.identity import normal_address, original_name, words_digest
from sitegen.archive.library import natural_key
from sitegen.archive.merging import merged
from sitegen.errors import Problem, SitegenError
from sitegen.model import Article, Facts, Found, FrontMatter
from sitegen.run.account import account_path, account_text, base_path
from sitegen.run.account import read as read_account
from sitegen.run.files import in_endings_of, read_bytes, write_atomic
from sitegen.run.here import Here
from sitegen.run.home import Home
from sitegen.run.pictures import Medium, placed
from sitegen.text import slug
from sitegen.vocabulary import Vocabulary

Outcome = Literal["new", "merged", "duplicate", "stub", "skipped", "removed"]


class Row(Struct, frozen=True):
    """What became of one article of an input: where it is now, and why if it is nowhere new."""

    input: str
    outcome: Outcome
    article: str | None = None
    reason: str | None = None
    problems: tuple[Problem, ...] = ()


class Converted(Struct, frozen=True):
    """One input, read and cleaned: its name as a person knows it, its bytes, articles and pictures."""

    name: str
    content: bytes
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...] = ()
    media: tuple[Medium, ...] = ()
    page: Path | None = None  # its file, with the pictures beside it


class _New(Struct, frozen=True):
    """What is to be written: the article's path, its whole text, and the line of a conflict in it."""

    outcome: Outcome
    path: str
    text: str
    conflict: int | None = None


class Keeper(Struct, frozen=True):
    """An archive that takes articles in; `here` grows with each of them."""

    home: Home
    here: Here
    vocabulary: Vocabulary
    again: bool = False
    dry_run: bool = False

    def take(self, converted: Converted, article: Article) -> Row:
        """Keep one article of an input, unless it is here or was removed, and say what was done."""
        article = placed(article, self._own_article(article))
        decided = self._decide(converted, article)
        told = tuple(replace(p, file=converted.name) for p in article.diagnostics)
        if isinstance(decided, Row):
            if decided.outcome in ("duplicate", "removed") and not self.dry_run:
                self._keep_original(converted, article)
            if decided.outcome == "duplicate" and not self.dry_run:
                self._end_interrupted(article)
                if self.again and decided.article == self._own_article(article):
                    self._keep_media(converted)
                    self._keep_account(article)
            return replace(decided, problems=(*decided.problems, *told))
        if not self.dry_run:
            self._write(converted, article, decided)
        facts = _facts_of(decided.text, decided.path)
        self.here.note(decided.path, facts, text=words_digest(article.markdown))
        problems = (*told, *_conflicts(decided))
        return Row(converted.name, decided.outcome, decided.path, problems=problems)

    def _decide(self, converted: Converted, article: Article) -> Row | _New:
        if not article.markdown.strip():
            faults = sorted(article.diagnostics, key=lambda p: p.severity != "error")
            return Row(converted.name, "skipped", reason=faults[0].message if faults else "holds no article")
        base = self._base(article)
        if broken := self.here.unreadable.get(original_name(article.sha256, article.number)):
            fault = Problem("unreadable", f"its article {broken} cannot be read: repair that first")
            return Row(
                converted.name, "skipped", broken, fault.message, (replace(fault, file=converted.name),)
            )
        known = self._own_article(article)
        if known:
            return self._merged(converted, article, known, base)
        if base.exists() and not self.again:
            return Row(converted.name, "removed", reason="was removed; `--again` restores it")
        if twin := self._twin(article):
            return Row(converted.name, "duplicate", twin, "has the same address or text as this article")
        text = self._text(article, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return _New("new", self._free_path(text), text)

    def _text(self, article: Article, added: str | None) -> str:
        return file_text(front_matter(article, self.vocabulary, added=added), article.markdown)

    def _base(self, article: Article) -> Path:
        return base_path(self.home, article.sha256, article.number)

    def _own_article(self, article: Article) -> str | None:
        """Return the path of the article that was made of this very piece of input, if it is still here."""
        paths = self.here.of_original(original_name(article.sha256, article.number))
        return next(iter(paths), None)

    def _twin(self, article: Article) -> str | None:
        address = normal_address(article.url) if article.url else None
        told = article.evidence.get("url")
        same_title = set(self.here.of_title(article.title))
        for path in self.here.of_address(address) if address else ():
            if path in same_title or not (_is_of_a_line(told) or self._has_address_of_a_line(path)):
                return path
        as_long = self.here.of_words(len(article.markdown.split()))
        near = dict.fromkeys((*as_long, *self.here.of_title(article.title)))
        wanted = words_digest(article.markdown) if near else ""
        return next((p for p in near if self._words_of(p) == wanted), None)

    def _has_address_of_a_line(self, path: str) -> bool:
        """Tell whether an article's address was a line of its text, which two articles may share."""
        file = self.home.root / path
        account = read_account(self.home, self._read(file).front) if file.exists() else None
        return account is not None and _is_of_a_line(account.evidence.get("url"))

    def _words_of(self, path: str) -> str:
        """Return the digest of an article's words, read once: thousands may have one title."""
        text = self.here.text_of(path)
        if text is None:
            text = words_digest(self._read(self.home.root / path).body)
            self.here.keep_text(path, text)
        return text

    def _read(self, path: Path) -> Document:
        shown = self.home.shown(path)
        return document(read_bytes(path, shown=shown), file=shown)

    def _merged(self, converted: Converted, article: Article, known: str, base: Path) -> Row | _New:
        if not self.again:
            return Row(converted.name, "duplicate", known, "is in the archive already")
        raw = read_bytes(self.home.root / known, shown=known)
        mine = decode(raw, file=known)
        added = self._read(base if base.exists() else self.home.root / known).front.added
        cleaned = self._text(article, added)
        shown = self.home.shown(base)
        # without a base nobody can say what is a person's: then all that is there stays
        before = decode(read_bytes(base, shown=shown), file=shown) if base.exists() else cleaned
        if cleaned == before:
            return Row(converted.name, "duplicate", known, "cleans to the same as before")
        result = merged(before, mine, cleaned, file=known)
        return _New("merged", known, in_endings_of(raw, result.text), result.conflict)

    def _free_path(self, text: str) -> str:
        name = slug(document(text.encode(), file="").front.title)
        key = natural_key(_facts_of(text, f"content/{name}.md"))
        number = self.here.number_of(key)
        while (self.home.root / (path := _path(key, number))).exists():
            number += 1
        self.here.keep_number(key, number + 1)
        return path

    def _write(self, converted: Converted, article: Article, new: _New) -> None:
        self._keep_original(converted, article)
        base = self._base(article)
        known = base if base.exists() else None
        added = self._read(known).front.added if known else document(new.text.encode(), file="").front.added
        self._keep_media(converted)
        self._keep_account(article)
        write_atomic(self.home.root / new.path, new.text.encode(), durable=True)
        write_atomic(base, self._text(article, added).encode(), durable=True)

    def _keep_account(self, article: Article) -> None:
        """Write what cleaning says today of an article, which may be more than its text shows."""
        path, content = account_path(self._base(article)), account_text(article).encode()
        if not path.exists() or read_bytes(path, shown=self.home.shown(path)) != content:
            write_atomic(path, content, durable=True)

    def _keep_media(self, converted: Converted) -> None:
        for medium in converted.media:
            path = self.home.content / "media" / medium.name
            if not path.exists():
                write_atomic(path, medium.content, durable=True)

    def _end_interrupted(self, article: Article) -> None:
        """Write the base that a run did not come to write, so that a deletion is known as one later."""
        base = self._base(article)
        known = None if base.exists() else self._own_article(article)
        if known:
            added = self._read(self.home.root / known).front.added
            write_atomic(base, self._text(article, added).encode(), durable=True)

    def _keep_original(self, converted: Converted, article: Article) -> None:
        folder = self.home.originals / article.sha256[:2]
        path = folder / f"{article.sha256}{_extension(converted.name)}"
        if not path.exists():
            write_atomic(path, converted.content, durable=True)


def _is_of_a_line(address: Found[str] | None) -> bool:
    return address is not None and address.rule.startswith("address-line")


def _path(key: str, number: int) -> str:
    return f"content/articles/{key}.md" if number == 1 else f"content/articles/{key}-{number}.md"


def _conflicts(new: _New) -> tuple[Problem, ...]:
    if new.conflict is None:
        return ()
    return (
        Problem(
            "merge-conflict",
            "your edits and the new cleaning differ in the same lines; both are shown between marks",
            file=new.path,
            line=new.conflict,
            hint="keep what is right and remove the lines of <<<<<<<, ======= and >>>>>>>",
        ),
    )


def _facts_of(text: str, path: str) -> Facts:
    try:
        read = document(text.encode(), file=path)
    except SitegenError:  # two versions of its head: the row says so
        return Facts(path, "", FrontMatter(title=""), "", 0, 1, 0)
    return Facts(path, "", read.front, "", len(read.body.split()), read.body_line, read.body_start)


def _extension(name: str) -> str:
    """Return the input's own ending, if it is a plain one, so that a person can open the original."""
    ending = Path(name).suffix.lower()
    ours = ending in (".md", ".json")
    return (
        ending if ending[1:].isascii() and ending[1:].isalnum() and len(ending) <= 6 and not ours else ".txt"
    )
