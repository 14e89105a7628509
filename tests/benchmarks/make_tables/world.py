"""Writes `sitegen/data/world.txt`, the outline of the land, from Natural Earth by way of geopandas.

    pip download --no-deps geopandas==0.14.4
    python tests/benchmarks/make_tables/world.py geopandas-0.14.4-py3-none-any.whl

The countries of Natural Earth at 1:110m, in half degrees from 180 west and 78 north, rounded to
whole numbers, points left out that are within TOLERANCE of the line between their neighbours, and
rings smaller than LEAST. One line for each ring: SVG path data.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

OUT = Path(__file__).resolve().parents[3] / "sitegen" / "data" / "world.txt"
SHAPES = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.shp"
TOP, BOTTOM = 78, -57
TOLERANCE, LEAST = 1.1, 6

Point = tuple[float, float]


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        rings = list(_rings(io.BytesIO(archive.read(SHAPES))))
    lines = []
    for ring in rings:
        if max(y for _, y in ring) < BOTTOM:
            continue
        points = [(2 * (x + 180), 2 * (TOP - min(max(y, BOTTOM), TOP))) for x, y in ring]
        half = len(points) // 2
        thin = [*_thinned(points[: half + 1]), *_thinned(points[half:])[1:]]
        whole = [(round(x), round(y)) for x, y in thin]
        whole = [p for at, p in enumerate(whole) if at == 0 or p != whole[at - 1]]
        if len(whole) > 3 and _area(whole) >= LEAST:
            lines.append(_path(whole[:-1] if whole[0] == whole[-1] else whole))
    head = "# Land of Natural Earth 1:110m (public domain); made by tests/benchmarks/make_tables/world.py."
    OUT.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def _rings(file: io.BytesIO) -> list[list[Point]]:
    """Return the rings of a shapefile of polygons (type 5)."""
    file.seek(100)
    rings = []
    while head := file.read(8):
        length = struct.unpack(">ii", head)[1] * 2
        record = file.read(length)
        parts, count = struct.unpack_from("<ii", record, 36)
        starts = [*struct.unpack_from(f"<{parts}i", record, 44), count]
        flat = struct.unpack_from(f"<{2 * count}d", record, 44 + 4 * parts)
        points = list(zip(flat[::2], flat[1::2], strict=True))
        rings += [points[a:b] for a, b in pairwise(starts)]
    return rings


def _thinned(points: list[Point]) -> list[Point]:
    """Return the points that a line needs to stay within TOLERANCE (after Douglas and Peucker)."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5 or 1e-9
    far = [abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length for x, y in points[1:-1]]
    most = max(range(len(far)), key=far.__getitem__)
    if far[most] <= TOLERANCE:
        return [points[0], points[-1]]
    return [*_thinned(points[: most + 2])[:-1], *_thinned(points[most + 1 :])]


def _area(points: list[tuple[int, int]]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _path(points: list[tuple[int, int]]) -> str:
    x, y = points[0]
    steps = []
    for nx, ny in points[1:]:
        steps.append(f"{nx - x} {ny - y}")
        x, y = nx, ny
    joined = " ".join(steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{joined}z"


if __name__ == "__main__":
    main(sys.argv[1])
