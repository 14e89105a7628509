"""An article's file: bytes -> front matter, body and facts; an article -> the text of its file."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from sitegen.archive.frontmatter import typed
from sitegen.archive.head import find_head, read_head
from sitegen.archive.headwriter import write_head
from sitegen.archive.identity import original_name
from sitegen.errors import Problem, SitegenError
from sitegen.model import Article, Facts, FrontMatter
from sitegen.text import clip, digest, one_line, squeeze
from sitegen.vocabulary import Vocabulary

EXCERPT_LENGTH = 220
_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+(\S[^\n]*)")
_TARGET = re.compile(r"\]\(<?([^\s()<>]+)>?(?:[ \t]+\"[^\"\n]*\")?\)")
_NOT_PROSE = re.compile(r"\s*(?:#{1,6}\s|[-*+|]|>|```|~~~|\d+[.)]\s|!\[|\[\^|:::|<|    )")
_MARKS = re.compile(
    r"!?\[([^\]\[\n]{0,300})\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)|\[\^[^\]\[\s]{1,100}\]|\*\*|__|[*`]"
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~:&$^\"'=-])")


class Document(Struct, frozen=True):
    """One Markdown file, read: its typed head and its body with the place where it starts."""

    front: FrontMatter
    body: str
    body_line: int
    body_start: int


def decode(content: bytes, *, file: str) -> str:
    """Return a file's text with line feeds only as line ends, and no byte order mark.

    Raises SitegenError with the line where it is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SitegenError(
            Problem(
                "encoding",
                f"is not UTF-8 (byte {error.start} is 0x{content[error.start]:02x})",
                file=file,
                line=content.count(b"\n", 0, error.start) + 1,
                hint="save the file as UTF-8, or `sitegen add` it, which finds the encoding",
            )
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def document(content: bytes, *, file: str) -> Document:
    """Return what the bytes of a Markdown file say.

    A file without a title takes it from its first heading, else from its name. Raises SitegenError
    with each fault's line.
    """
    text = decode(content, file=file)
    head = find_head(text, file=file)
    keys = read_head(head, file=file)
    body = text[head.body_at :]
    heading = _HEADING.match(body)
    title = squeeze(one_line(heading.group(1)).strip("# ")) if heading else _named(file)
    front = typed(keys, file=file, title=title or "Untitled")
    if heading and squeeze(plain_text(heading.group(1)).strip("# ")) == squeeze(front.title):
        return Document(front, body[heading.end() :], head.body_line, head.body_at + heading.end())
    return Document(front, body, head.body_line, head.body_at)


def _named(file: str) -> str:
    """Return what a file is called, or its folder where it is that one's index."""
    folder, _, name = file.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return (folder.rpartition("/")[2] if stem in ("index", "_index") else stem).replace("-", " ").strip()


def facts(content: bytes, *, path: str) -> Facts:
    """Return what the library keeps of an article's file; raises as `document` does."""
    read = document(content, file=path)
    return Facts(
        path=path,
        digest=digest(content),
        front=read.front,
        excerpt=clip(squeeze(read.front.summary or excerpt(read.body)), EXCERPT_LENGTH),
        words=len(read.body.split()),
        body_line=read.body_line,
        body_start=read.body_start,
        links=local_links(read.body),
    )


def local_links(body: str) -> tuple[str, ...]:
    """Return the targets of a Markdown body's links and images that lead into the archive, as written."""
    return tuple(dict.fromkeys(t for t in _TARGET.findall(body) if _is_local(t)))


def _is_local(target: str) -> bool:
    return not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#", target)


def excerpt(body: str) -> str:
    """Return the head of a Markdown body as plain text: its first paragraphs of prose."""
    found, length = [], 0
    for block in body[:6000].split("\n\n"):
        if not block.strip() or _NOT_PROSE.match(block):
            continue
        found.append(squeeze(plain_text(block)))
        length += len(found[-1])
        if length > EXCERPT_LENGTH:
            break
    return " ".join(found)


def plain_text(markdown: str) -> str:
    """Return Markdown as text without its marks: for excerpts and search, not a renderer."""
    return _ESCAPE.sub(r"\1", _MARKS.sub(lambda m: m.group(1) or "", markdown))


def front_matter(article: Article, vocabulary: Vocabulary, *, added: str | None) -> FrontMatter:
    """Return the head that an article gets in the archive; `added` is a UTC time as ISO text.

    Known actors and topics are written by their ids, unknown ones by name. Only salient actors are
    named: the others are found in the text by search.
    """
    return FrontMatter(
        title=article.title or "Untitled",
        date=replace(article.date, ambiguous=False) if article.date else None,
        dateline=article.dateline,
        place=article.place,
        agency=article.agency,
        authors=article.authors,
        source=vocabulary.source(article.source).name if article.source else None,
        url=article.url,
        lang=article.lang,
        summary=article.summary,
        tags=article.tags,
        topics=tuple(t.id if t.id in vocabulary.topics else t.name for t in article.topics),
        actors=tuple(a.id if a.id in vocabulary.actors else a.name for a in article.actors if a.salient),
        related=article.related,
        added=added,
        original=original_name(article.sha256, article.number),
    )


def file_text(front: FrontMatter, markdown: str) -> str:
    """Return the whole text of an article's file."""
    return write_head(front) + "\n" + markdown.strip("\n") + "\n"
