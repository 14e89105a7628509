"""Charts as SVG: numbers in, text out, the same for the same numbers.

Every chart says in `title` and `desc` what it shows, takes its ink from `currentColor`, uses no
style, and rounds to one decimal. The plot is stretched to the width of its place while the labels
are not, so that they stay readable on a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sitegen.pages.views import Bar
from sitegen.pages.words import month_title, say

_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
_SPARK_SIZE = 'viewBox="0 0 96 20" width="96" height="20"'
_STEP, _FOOT, _LANE = 10, 24, 40
_LABELS = 6  # at most, so that they stand apart on a phone


def opening(name: str, width: str, height: int, *, box: str = "") -> str:
    """Return the start tag of a chart of this class."""
    view = f' viewBox="{box}"' if box else ""
    return f'<svg {_XLINK} class="{name}" role="group"{view} width="{width}" height="{height}">'


def link(address: str, title: str, inside: str) -> str:
    """Return a part of a chart that leads somewhere.

    It is out of the tab order: each chart stands beside a list with the same links. The old name of
    the attribute is the one that scripts which read `a.href` as text do not stumble over.
    """
    return f'<a xlink:href="{escape(address)}" tabindex="-1"><title>{escape(title)}</title>{inside}</a>'


def number(value: float) -> str:
    """Return a coordinate with at most one decimal and no superfluous nought."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


def bars(given: Sequence[Bar], root: str, high: int = 96) -> str:
    """Return bars over time, each a link if it has an address; "" if there is nothing to draw.

    Labels stand under the first bar of a year (or of every fifth, tenth … year).
    """
    most = max((count for _, count, _ in given), default=0)
    if not most:
        return ""
    shapes = "".join(_bar(_STEP * at + _STEP // 2, bar, most, root, high) for at, bar in enumerate(given))
    thick = min(_STEP * 0.74, max(1.0, 0.12 * len(given)))  # few bars stay slim on a wide page
    return (
        f"{opening('bars', '100%', high + _FOOT)}{_words(given)}"
        f'<svg viewBox="0 0 {_STEP * len(given)} {high}" preserveAspectRatio="none" '
        f'width="100%" height="{high}">'
        f'<g fill="none" stroke="currentColor" stroke-width="{number(thick)}">{shapes}</g></svg>'
        f'<rect class="axis" y="{high}" width="100%" height="1" fill="currentColor"/>'
        f"{_labels(given, high + 18)}</svg>"
    )


def _words(given: Sequence[Bar]) -> str:
    peak, most, _ = max(given, key=lambda b: b[1])
    unit = say("by-year" if len(given[0][0]) == 4 else "by-month")
    text = say(
        "bars-desc",
        n=sum(count for _, count, _ in given),
        first=_name(given[0][0]),
        last=_name(given[-1][0]),
        peak=_name(peak),
        most=most,
    )
    return f"<title>{escape(say('bars-title', unit=unit))}</title><desc>{escape(text)}</desc>"


def _name(label: str) -> str:
    return month_title(label.replace("-", "/"))


def _bar(x: int, bar: Bar, most: int, root: str, high: int) -> str:
    label, count, url = bar
    if not count:
        return ""
    path = f'<path d="M{x} {high}V{number(high - max(2.0, (high - 2) * count / most))}"/>'
    return link(root + url, f"{_name(label)}: {count}", path) if url else path


def _labels(given: Sequence[Bar], y: int) -> str:
    """Return the years under the axis, as many as fit, at the bars where they begin."""
    starts = [(at, label[:4]) for at, (label, _, _) in enumerate(given) if label[4:] in ("", "-01")]
    if len(starts) < 2:
        starts = [(at, _name(given[at][0])) for at in sorted({0, len(given) - 1})]
    every = _round_step(len(starts) / _LABELS)
    shown = [(at, text) for at, text in starts if not text.isdecimal() or int(text) % every == 0]
    parts = []
    for at, text in shown:
        share = 100 * (at + 0.5) / len(given)
        anchor = "start" if share < 4 else "end" if share > 96 else "middle"
        parts.append(f'<text x="{number(share)}%" y="{y}" text-anchor="{anchor}">{escape(text)}</text>')
    return "".join(parts)


def _round_step(least: float) -> int:
    for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500):
        if step >= least:
            return step
    return 1000


def lane(years: Sequence[str], counts: Sequence[int], root: str) -> str:
    """Return one topic's years as a low strip of bars, for one lane among several."""
    found = zip(years, counts, strict=True)
    return bars([(year, count, f"{year}/" if count else "") for year, count in found], root, _LANE)


def line(points: Sequence[int]) -> str:
    """Return a few small bars in the text's own colour, hidden from those who hear the page."""
    return f'<svg class="spark" {_SPARK_SIZE} aria-hidden="true">{_sticks(points)}</svg>'


def spark_file(points: Sequence[int]) -> str:
    """Return an actor's life in small bars as a file of its own.

    An image takes no colour from the page: this one is legible on light and on dark.
    """
    drawn = _thinned(points, 32)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {_SPARK_SIZE} color="#8d7350">{_sticks(drawn)}</svg>\n'


def _sticks(points: Sequence[int]) -> str:
    most, step = max(points, default=0) or 1, 96 / max(len(points), 8)
    path = "".join(
        f"M{number(step * (at + 0.5))} 18V{number(18 - max(1.5, 16 * value / most))}"
        for at, value in enumerate(points)
        if value
    )
    width = number(min(3.0, step * 0.7))
    return (
        f'<path d="M0 18.5h96" stroke="currentColor" stroke-width=".5"/>'
        f'<path d="{path}" stroke="currentColor" stroke-width="{width}"/>'
    )


def _thinned(points: Sequence[int], most: int) -> list[int]:
    """Return at most `most` sums of runs of points, so that a long life stays a small picture."""
    if len(points) <= most:
        return list(points)
    size = -(-len(points) // most)
    return [sum(points[at : at + size]) for at in range(0, len(points), size)]


def share_bar(count: int, most: int) -> str:
    """Return a bar for one row of a table: an empty picture that the style sheet gives its ink."""
    return f'<svg class="share" width="{number(max(1.0, 100 * count / most) if most else 0)}%"></svg>'
