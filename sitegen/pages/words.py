"""Every word of the site itself, in one table, so that another language is another table.

A message is looked up by its key and filled with named values; "one|many" chooses by `n`.
"""

from __future__ import annotations

from functools import lru_cache

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ENGLISH = {
    "404-lead": "There is no page at this address. It may have moved, or never have been kept here.",
    "404-title": "Page not found",
    "about-text": "About this text",
    "account": "What the cleaner removed",
    "account-lead": "One line of the input is not part of the text.|"
    "{n:,} lines of the input are not part of the text.",
    "account-more": "One more line is listed by sitegen explain.|"
    "{n:,} more lines are listed by sitegen explain.",
    "actor": "Actor",
    "actors": "Actors",
    "actors-lead": "{n:,} person, state or organisation in these articles.|"
    "{n:,} people, states and organisations in these articles.",
    "all": "All",
    "all-actors": "All actors",
    "all-articles": "All articles",
    "all-topics": "All topics",
    "also-known": "Also known as",
    "archived": "A stub: the import held an address but no text.",
    "article": "Article",
    "articles": "Articles",
    "articles-lead": "{n:,} article|{n:,} articles",
    "at-a-glance": "The archive at a glance",
    "bars-desc": "{n:,} article from {first} to {last}; most in {peak} ({most:,}).|"
    "{n:,} articles from {first} to {last}; most in {peak} ({most:,}).",
    "bars-title": "Articles by {unit}",
    "before-after": "Before and after",
    "beyond-chance": "more than elsewhere",
    "browse": "Browse",
    "by-month": "month",
    "by-year": "year",
    "checksum": "SHA-256 of the original",
    "cite": "Cite as",
    "closest": "Closest in this archive",
    "company": "In the company of",
    "company-desc": "{name} in the middle, around it those named in the same articles: {names}.",
    "company-title": "Those named together with {name}",
    "contents": "Contents",
    "dateline": "Dateline",
    "day-undated": "Day unknown",
    "feed": "Feed",
    "feed-of": "Feed of {name}",
    "file": "File in the archive",
    "first-mention": "First here",
    "graph-desc": "The {n} actors that share most articles; lines join those named together "
    "more often than chance would have it.",
    "graph-title": "Who appears with whom",
    "highlights": "Marked passages",
    "home": "Home",
    "how-made": "Each page was made from a plain Markdown file. Nothing here loads anything from elsewhere.",
    "in-all": "Articles",
    "index": "Index",
    "kept": "Kept copy",
    "kind": "Kind",
    "kind-armed-group": "armed group",
    "kind-coalition": "coalition",
    "kind-company": "company",
    "kind-government-body": "government body",
    "kind-igo": "international body",
    "kind-media": "media",
    "kind-military": "military",
    "kind-organisation": "organisation",
    "kind-party": "party",
    "kind-person": "person",
    "kind-state": "state",
    "lanes": "Largest topics by year",
    "last-mention": "Latest here",
    "line": "Line",
    "links": "Addresses of links",
    "map-desc": "Dots stand where reports were filed; the larger, the more. {names}.",
    "map-title": "Where reports were filed",
    "markdown": "Markdown",
    "mentions": "×{n:,}",
    "minutes": "{n} minute|{n} minutes",
    "month": "Month",
    "months": "Months",
    "nav": "Main",
    "near-topics": "Neighbouring topics",
    "newer": "Newer",
    "newest": "Newest arrivals",
    "next": "Next",
    "no-articles": "Nothing is here yet. Put a text or a saved page into content/inbox and build again.",
    "no-places": "No article names the place from which it was filed.",
    "older": "Older",
    "oldest-first": "from the oldest",
    "on-this-day": "On {day} in other years",
    "original": "Original",
    "page": "Page",
    "page-of": "Page {number} of {total}",
    "pager": "Pages of this list",
    "pages": "Pages",
    "pair": "{one} and {other}",
    "pair-lead": "{name}: the articles that name both.",
    "pair-others": "Named with both",
    "pair-pages": "Together",
    "pair-with": "with {name}",
    "pair-words": "{name} in these articles",
    "pairs": "Strongest pairs",
    "peak": "Peak",
    "people": "People and organisations",
    "place": "Place",
    "places": "Places",
    "places-lead": "Reports were filed from {n:,} place.|Reports were filed from {n:,} places.",
    "provenance": "Provenance",
    "quotations": "In their words",
    "read-more": "The page pointed to",
    "reason": "Reason",
    "redirect": "This page has moved to",
    "rising": "Rising now",
    "rising-lead": "Most growth in the 90 days before {date}.",
    "rising-row": "{now:,} now, {before:,} in the 90 days before",
    "role": "Role",
    "role-first": "First",
    "role-last": "Latest",
    "roles": "Roles in these articles",
    "same-day": "The same day",
    "same-place": "same place",
    "search": "Search",
    "search-count": "Search {n:,} article|Search {n:,} articles",
    "search-hint": "Search the archive",
    "search-lead": "Without its script this page cannot search; everything is also in these lists.",
    "share": "Share",
    "shared": "Shared",
    "shared-actor": "with {names}",
    "shared-topic": "on {names}",
    "shares": "{share} % of the archive",
    "skip": "Skip to the text",
    "source": "Source",
    "sources": "Sources",
    "sources-lead": "{n:,} publisher|{n:,} publishers",
    "span": "{first} to {last}",
    "tag": "Tag",
    "tags": "Tags",
    "tags-lead": "{n:,} tag|{n:,} tags",
    "this-article": "this article",
    "timeline": "Timeline",
    "timeline-caption": "Articles by year and month",
    "timeline-lead": "Years as rows, months as columns; the darker, the more articles.",
    "to-articles": "The articles",
    "topic": "Topic",
    "topics": "Topics",
    "topics-lead": "{n:,} topic|{n:,} topics",
    "total": "Total",
    "undated": "Undated",
    "undated-month": "Month unknown",
    "when": "When",
    "where": "Where",
    "who": "Who",
    "within": "Within it",
    "year": "Year",
    "years": "Years",
}


def say(key: str, /, **values: object) -> str:
    """Return the message of this key, filled; with `n`, the form for one or for many.

    Raises LookupError for a key that the table does not have: a template of a user's own asked for it.
    """
    if key not in ENGLISH:
        raise LookupError(f"there are no words for {key!r}")
    text = ENGLISH[key]
    if "n" in values and "|" in text:
        one, many = text.split("|", 1)
        text = one if values["n"] == 1 else many
    return text.format(**values) if values else text


def month_name(month: str, *, short: bool = False) -> str:
    """Return the name of "02"; of anything that is no month, the words for an unknown one."""
    number = int(month) if month.isdecimal() else 0
    if not 1 <= number <= 12:
        return say("undated-month")
    return MONTHS[number - 1][:3] if short else MONTHS[number - 1]


@lru_cache(maxsize=1 << 12)  # lists show a day many times
def long_date(date: str) -> str:
    """Return ISO text as read aloud and no more precise: "7 February 2018, 22:58 (+03:00)".

    "2018-02" gives "February 2018", "2018" itself, and "" the words for no date at all.
    """
    if not date:
        return say("undated")
    day, _, time = date.partition("T")
    return _day(day, short=False) + (f", {_clock(time)}" if time else "")


@lru_cache(maxsize=1 << 12)  # lists show a day many times
def short_date(date: str) -> str:
    """Return the day of ISO text for a list: "7 Feb 2018"."""
    return _day(date.partition("T")[0], short=True) if date else say("undated")


def day_of(date: str) -> str:
    """Return the day alone ("7") for a row under its month; "" where it is not known."""
    return date[8:10].lstrip("0")


def day_and_month(date: str) -> str:
    """Return "7 February" of a full ISO date."""
    return f"{int(date[8:10])} {month_name(date[5:7])}"


def month_title(month: str) -> str:
    """Return the heading for a month's folder: "February 2018", "2018, month unknown", "Undated"."""
    if "/" not in month:
        return month if month.isdecimal() else say("undated")
    year, number = month.split("/", 1)
    if number == "00":
        return f"{year}, {say('undated-month').lower()}"
    return f"{month_name(number)} {year}"


def _day(day: str, *, short: bool) -> str:
    parts = day.split("-")
    if len(parts) == 1:
        return day
    name = month_name(parts[1], short=short)
    return " ".join((*(str(int(p)) for p in parts[2:3]), name, parts[0]))


def _clock(time: str) -> str:
    for sign in ("+", "-"):
        if sign in time:
            clock, offset = time.split(sign, 1)
            return f"{clock} ({sign}{offset})"
    return time
