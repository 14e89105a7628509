"""How the articles of a list lie in time: counts by month or year, the first, the last, the peak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from sitegen.archive.library import Entry, calendar_month
from sitegen.model import Card
from sitegen.pages.page import life_of, page_address, span
from sitegen.pages.views import Bar
from sitegen.pages.words import month_title

_MONTH_BARS = 48  # a longer life is drawn by years: three elements a bar


class Life(Struct, frozen=True):
    """What the first page of a list shows of articles that may stand on later ones.

    `first` and `last` are the cards of those with a date; `peak` is the fullest bar's heading and
    its first article, where one bar stands out.
    """

    count: int
    bars: tuple[Bar, ...]
    first: Card | None
    last: Card | None
    peak: tuple[str, Card] | None

    def parts(self) -> tuple[object, ...]:
        """Return what a page's digest takes of it."""
        cards = (self.first, self.last, self.peak[1] if self.peak else None)
        return self.count, self.bars, [card.digest if card else "" for card in cards]

    def words(self) -> str:
        """Return from when to when, or "" for no dates."""
        return life_of(self.first, self.last)

    def fields(self) -> dict[str, Any]:
        """Return the fields of a `StoryView` that show it."""
        label, peak = self.peak or ("", None)
        return {
            "count": self.count,
            "life": self.words(),
            "first": self.first,
            "last": self.last,
            "bars": self.bars,
            "peak": peak,
            "peak_label": label,
        }


def life(entries: Sequence[Entry], url: str, per_page: int) -> Life:
    """Return the life of a list, newest first, whose bars lead into its own pages."""
    dates = [e.card.date for e in entries]
    bars = life_bars(dates, _in_list(url, dates, per_page))
    return Life(len(entries), bars, *span(entries), _peak(bars, entries))


def life_bars(dates: Sequence[str], address: Callable[[str], str]) -> tuple[Bar, ...]:
    """Return counts by month over the whole life, by year if that is long; the oldest first.

    `dates` are the newest first, "" where there is none. `address` gives where the bar of "2018-02"
    or "2018" leads. Dates known to the year alone make the bars years.
    """
    known = [date for date in dates if date]
    if not known:
        return ()
    first, last = known[-1], known[0]
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 1) - int(first[5:7] or 1) + 1
    if months > _MONTH_BARS or min(map(len, known)) < 7:
        counts = Counter([date[:4] for date in known])
        labels = [f"{year:04d}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    else:
        counts = Counter([date[:7] for date in known])
        start = int(first[:4]) * 12 + int(first[5:7]) - 1
        labels = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(start, start + months)]
    return tuple((x, counts[x], address(x) if counts[x] else "") for x in labels)


def life_counts(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the counts of a term's own bars: what its sparkline is drawn from."""
    return tuple(n for _, n, _ in life_bars([e.card.date for e in entries], lambda _: ""))


def time_url(label: str) -> str:
    """Return the address of the list of a month or a year: "2018-02" gives "2018/02/"."""
    return f"{label.replace('-', '/')}/"


def _in_list(url: str, dates: Sequence[str], per_page: int) -> Callable[[str], str]:
    """Return what leads from a bar to the head of its month in a page's own list."""
    first: dict[str, str] = {}
    for at, month in enumerate([date[:7] for date in dates]):
        if month not in first:
            page = page_address(url, at // per_page + 1)
            first[month] = f"{page}#m-{calendar_month(month).replace('/', '-')}"
            first.setdefault(month[:4], first[month])
    return first.__getitem__


def _peak(bars: tuple[Bar, ...], entries: Sequence[Entry]) -> tuple[str, Card] | None:
    label, most, _ = max(bars, key=lambda b: b[1], default=("", 0, ""))
    if len(bars) < 3 or most < 2:
        return None
    first = next(e for e in reversed(entries) if e.date.startswith(label))
    return month_title(label.replace("-", "/")), first.card
