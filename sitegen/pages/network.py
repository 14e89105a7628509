"""Pictures of who appears with whom; positions follow from the graph alone, so they repeat exactly.

Only sums, products, quotients and square roots are used: these give the same bits on every
machine, which sines do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from math import sqrt

from msgspec import Struct

from sitegen.pages.charts import link, number, opening
from sitegen.pages.views import Graph, Term
from sitegen.pages.words import say
from sitegen.text import clip

_WIDTH, _HEIGHT, _MARGIN = 760, 560, 60
_ROUNDS = 120
_GRAVITY = 1.5  # keeps what hangs by one tie near
_CHAR, _LINE = 6.7, 15  # a letter's width and a line's height at the size of labels
_ROW, _EGO_WIDTH, _REACH = 34, 380, 62
_LONGEST = 24  # characters of a label

Point = tuple[float, float]


class _Box(Struct, frozen=True):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def ego(graph: Graph, root: str) -> str:
    """Return the first node in the middle and the others to its right and left, one a row."""
    middle, *others = graph.nodes
    rows = -(-len(others) // 2)
    height = rows * _ROW + 40
    points: list[Point] = [(_EGO_WIDTH / 2, height / 2)]
    for at in range(len(others)):
        row, side = at // 2, 1 if at % 2 == 0 else -1
        off = abs(row - (rows - 1) / 2) / max(1.0, (rows - 1) / 2)  # 0 at half height, 1 at the ends
        points.append((_EGO_WIDTH / 2 + side * (_REACH - 22 * off * off), 20 + row * _ROW + _ROW / 2))
    most = max((e.count for e in graph.edges), default=1)
    lines = "".join(
        _line(points[e.a], points[e.b], 1 + 3 * e.count / most, "tie" if e.a == 0 else "far")
        for e in graph.edges
    )
    names = ", ".join(t.name for t in others)
    room = int((_EGO_WIDTH / 2 - _REACH - 9) / _CHAR)  # beside it stands the list, with the whole names
    dots = "".join(
        _node(t, points[at], 4.0, root, "start" if at % 2 else "end", (9 if at % 2 else -9, 4.5), room)
        for at, t in enumerate(others, 1)
    )
    x, y = points[0]
    return (
        f"{opening('ego', str(_EGO_WIDTH), height, box=f'0 0 {_EGO_WIDTH} {height}')}"
        f"<title>{escape(say('company-title', name=middle.name))}</title>"
        f"<desc>{escape(say('company-desc', name=middle.name, names=names))}</desc>"
        f'<g class="ties" stroke="currentColor">{lines}</g>{dots}'
        f'<circle class="middle" cx="{number(x)}" cy="{number(y)}" r="8" fill="currentColor"/></svg>'
    )


def network(graph: Graph, root: str) -> str:
    """Return the whole graph: nodes by size, lines by number of shared articles, labels apart."""
    points = _layout(graph)
    most = max((e.count for e in graph.edges), default=1)
    largest = max((t.count for t in graph.nodes), default=1)
    radii = [3 + 9 * sqrt(t.count / largest) for t in graph.nodes]
    lines = "".join(_line(points[e.a], points[e.b], 0.6 + 3 * e.count / most, "tie") for e in graph.edges)
    labels = _labels(graph, points, radii)
    dots = "".join(
        _node(t, points[at], radii[at], root, *(labels[at] or ("", (0.0, 0.0))))
        for at, t in enumerate(graph.nodes)
    )
    return (
        f"{opening('network', str(_WIDTH), _HEIGHT, box=f'0 0 {_WIDTH} {_HEIGHT}')}"
        f"<title>{escape(say('graph-title'))}</title>"
        f"<desc>{escape(say('graph-desc', n=len(graph.nodes)))}</desc>"
        f'<g class="ties" stroke="currentColor">{lines}</g>{dots}</svg>'
    )


def _line(a: Point, b: Point, width: float, name: str) -> str:
    return (
        f'<path class="{name}" d="M{number(a[0])} {number(a[1])}L{number(b[0])} {number(b[1])}" '
        f'stroke-width="{number(width)}"/>'
    )


def _node(
    term: Term, at: Point, radius: float, root: str, anchor: str, shift: Point, longest: int = _LONGEST
) -> str:
    x, y = at
    count = f": {term.count}" if term.count else ""
    text = ""
    if anchor:
        text = (
            f'<text x="{number(x + shift[0])}" y="{number(y + shift[1])}" text-anchor="{anchor}">'
            f"{escape(clip(term.name, longest))}</text>"
        )
    dot = f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="currentColor"/>'
    return link(root + term.url, term.name + count, dot + text)


# --- layout -------------------------------------------------------------------------------------------


def _layout(graph: Graph) -> list[Point]:
    """Return positions in which ties pull and all nodes push (after Fruchterman and Reingold)."""
    points = _start(len(graph.nodes))
    ideal = 1 / sqrt(max(1, len(points)))
    for turn in range(_ROUNDS):
        reach = 0.12 * (1 - turn / _ROUNDS) + 0.002
        points = [_moved(p, f, reach) for p, f in zip(points, _forces(graph, points, ideal), strict=True)]
    return _fitted(points)


def _start(count: int) -> list[Point]:
    """Return a grid walked in a square spiral, so that the largest begin in the middle."""
    points: list[Point] = []
    x = y = 0
    dx, dy = 1, 0
    run, left, turns = 1, 1, 0
    side = sqrt(count) or 1.0
    for at in range(count):
        points.append((0.5 + x / side + at * 0.0003, 0.5 + y / side - at * 0.0002))
        x, y, left = x + dx, y + dy, left - 1
        if left == 0:
            dx, dy, turns = -dy, dx, turns + 1
            run += turns % 2 == 0
            left = run
    return points


def _forces(graph: Graph, points: Sequence[Point], ideal: float) -> list[Point]:
    forces = [[(0.5 - x) * _GRAVITY, (0.5 - y) * _GRAVITY] for x, y in points]
    push = ideal * ideal
    for a, (ax, ay) in enumerate(points):
        fa = forces[a]
        for b in range(a):
            dx, dy = ax - points[b][0], ay - points[b][1]
            far = push / (dx * dx + dy * dy + 1e-6)
            fa[0] += dx * far
            fa[1] += dy * far
            forces[b][0] -= dx * far
            forces[b][1] -= dy * far
    degrees = Counter(end for edge in graph.edges for end in (edge.a, edge.b))
    for edge in graph.edges:
        dx, dy = points[edge.a][0] - points[edge.b][0], points[edge.a][1] - points[edge.b][1]
        # what many ties hold would be one lump in the middle
        pull = sqrt(dx * dx + dy * dy) / ideal / sqrt(min(degrees[edge.a], degrees[edge.b]))
        forces[edge.a][0] -= dx * pull
        forces[edge.a][1] -= dy * pull
        forces[edge.b][0] += dx * pull
        forces[edge.b][1] += dy * pull
    return [(x, y) for x, y in forces]


def _moved(point: Point, force: Point, reach: float) -> Point:
    length = sqrt(force[0] * force[0] + force[1] * force[1]) or 1.0
    step = min(length, reach) / length
    return point[0] + force[0] * step, point[1] + force[1] * step


def _fitted(points: Sequence[Point]) -> list[Point]:
    """Return the points stretched to the picture, the wide margins left for labels."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    wide, high = (right - left) or 1.0, (bottom - top) or 1.0
    return [
        (
            _MARGIN + (x - left) / wide * (_WIDTH - 2 * _MARGIN),
            _MARGIN / 2 + (y - top) / high * (_HEIGHT - _MARGIN),
        )
        for x, y in points
    ]


def _labels(graph: Graph, points: Sequence[Point], radii: Sequence[float]) -> list[tuple[str, Point] | None]:
    """Return for each node the anchor and shift of its label, or None where none is free of others.

    The largest choose first: below, above, right, left; clear of everything if they can, else clear
    of all labels and of nodes as large as they are.
    """
    nodes = [_Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    labels: list[tuple[str, Point] | None] = [None] * len(points)
    taken: list[_Box] = []
    for at in sorted(range(len(points)), key=lambda n: (-graph.nodes[n].count, graph.nodes[n].id)):
        places = _places(points[at], radii[at], _CHAR * len(clip(graph.nodes[at].name, _LONGEST)))
        others = [box for n, box in enumerate(nodes) if n != at]
        larger = [box for n, box in enumerate(nodes) if n != at and radii[n] >= radii[at]]
        for avoided in (others, larger):
            free = [p for p in places if not any(p[2].meets(box) for box in (*taken, *avoided))]
            if free:
                anchor, shift, box = free[0]
                labels[at] = (anchor, shift)
                taken.append(box)
                break
    return labels


def _places(point: Point, radius: float, wide: float) -> list[tuple[str, Point, _Box]]:
    """Return where a label of this width may stand inside the picture: anchor, shift, and its box."""
    (x, y), found = point, []
    for anchor, shift, left in (
        ("middle", (0.0, radius + 13), -wide / 2),
        ("middle", (0.0, -radius - 4), -wide / 2),
        ("start", (radius + 4, 4.5), radius + 4),
        ("end", (-radius - 4, 4.5), -radius - 4 - wide),
    ):
        box = _Box(x + left, y + shift[1] - 11, x + left + wide, y + shift[1] + 4)
        if box.left > 0 and box.right < _WIDTH and box.top > 0 and box.bottom < _HEIGHT:
            found.append((anchor, shift, box))
    return found
