"""Writes sitegen/data/groups.txt and given-names.txt from the Phoenix actor dictionary.

usage: python tests/benchmarks/make_tables/phoenix.py [../shared/data]

Groups: armed groups of MilNonState whose names say that they are groups; names that are persons,
places or bare common words are left out, aliases too unless they say so themselves or are the
initials. Given names: first words of the names of politicians, those that occur twice or more.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GROUP = re.compile(
    r"\b(ARMY|FRONT|BRIGADES?|LIBERATION|MOVEMENT|ORGANI[SZ]ATION|MILITIA|JIHAD|MUJAHID\w*|GUERRILL?AS?"
    r"|BATTALIONS?|COMMAND|FORCES?|PARTY|UNION|LEAGUE|TIGERS|VOLUNTEERS)\b"
)
# too general to mean one group wherever they stand
VAGUE = re.compile(
    r"^(THE )?(NATIONAL|PEOPLE'?S?|POPULAR|REVOLUTIONARY|ISLAMIC|UNITED|LIBERATION|ARAB|DEMOCRATIC|ARMED"
    r"|PATRIOTIC|BLACK|RED|WHITE|NEW|FREE) \w+$"
)
SMALL = {"of", "the", "and", "for", "in", "de", "la", "del", "di", "al", "ul", "e", "i", "against", "to"}


def titled(name: str) -> str:
    return " ".join(w if w in SMALL and n else _capital(w) for n, w in enumerate(name.lower().split()))


def _capital(word: str) -> str:
    parts = word.split("-")
    return "-".join(p if p in SMALL and n else p.capitalize() for n, p in enumerate(parts))


def initials(name: str) -> str:
    return "".join(w[0] for w in re.findall(r"[A-Z]+", name.upper()) if w.lower() not in SMALL)


def groups(rows: list[list[str]]) -> list[str]:
    out: dict[str, str] = {}
    for file, name, _, aliases in rows:
        name = re.sub(r"\s*\(.*?\)", "", name).strip()
        if file != "MilNonState" or not fine(name):
            continue
        also = [a.strip() for a in aliases.split("|") if a.strip()]
        kept = [
            a if a == initials(name) else titled(a)
            for a in also
            if (a == initials(name) and len(a) > 2) or fine(a)
        ]
        out.setdefault(titled(name), "; ".join(dict.fromkeys(kept)))
    return [f"{name} | {also}" if also else name for name, also in sorted(out.items())]


def fine(name: str) -> bool:
    return bool(
        GROUP.search(name) and not VAGUE.match(name) and 2 <= len(name.split()) <= 7
        and re.fullmatch(r"[A-Z' -]+", name)
    )  # fmt: skip


def given_names(rows: list[list[str]]) -> list[str]:
    counted: Counter[str] = Counter()
    for file, name, codes, _ in rows:
        words = name.split()
        if file == "Countries" and re.search("GOV|ELI", codes) and 2 <= len(words) <= 4:
            counted[words[0]] += 1
    return sorted(
        w.capitalize()
        for w, n in counted.items()
        if n > 1 and re.fullmatch("[A-Z]{3,}", w) and w not in NOT_NAMES
    )


NOT_NAMES = frozenset(
    (
        "SIR",
        "LORD",
        "LADY",
        "KING",
        "QUEEN",
        "PRINCE",
        "PRINCESS",
        "SHEIK",
        "SHEIKH",
        "GENERAL",
        "PRESIDENT",
        "MINISTER",
        "THE",
        "UNITED",
        "NATIONAL",
        "NEW",
        "SOUTH",
        "NORTH",
        "EAST",
        "WEST",
        "CENTRAL",
        "ISLAMIC",
        "REPUBLIC",
        "SUPREME",
        "EMPEROR",
        "EMIR",
        "AMIR",
        "DOCTOR",
        "BARON",
        "BARONESS",
        "COUNT",
        "CROWN",
        "MULLAH",
        "AYATOLLAH",
        "AMBASSADOR",
        "SENATOR",
        "COLONEL",
        "MAJOR",
        "CAPTAIN",
        "ADMIRAL",
        "POPE",
        "SAINT",
        "PRIME",
        "FOREIGN",
        "GRAND",
        "HIS",
        "HER",
        "MEMBER",
        "SAN",
        "SANTA",
        "MISTER",
        "DAME",
        "DEPUTY",
        "STATE",
    )
)


def main(shared: Path) -> None:
    text = (shared / "phoenix-actors" / "actors.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n")[1:] if line]
    origin = [
        "# From the Phoenix actor dictionary, (c) 2014 Open Event Data, MIT License;",
        "# selected by tests/benchmarks/make_tables/phoenix.py.",
    ]
    for file, lines in (
        ("groups.txt", ["[armed-group]", *groups(rows)]),
        ("given-names.txt", given_names(rows)),
    ):
        (ROOT / "sitegen" / "data" / file).write_text("\n".join([*origin, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
