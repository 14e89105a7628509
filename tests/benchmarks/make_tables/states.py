"""Writes sitegen/data/states.tsv from the table of countries (CLDR and countryinfo).

usage: python tests/benchmarks/make_tables/states.py [../shared/data]

Demonyms that several territories claim go to the most populous; capitals become metonyms; names
that CLDR spells unlike the press get the press's spelling and keep CLDR's as an alias.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LANGS = ("de", "fr", "es", "it", "pt", "ru", "ar", "tr", "fa", "zh", "uk")
# no government of their own, so they do not act
PLACES = {
    "AC",
    "AQ",
    "BV",
    "CC",
    "CP",
    "CQ",
    "CX",
    "DG",
    "EA",
    "GS",
    "HM",
    "IC",
    "IO",
    "NF",
    "PN",
    "SJ",
    "TA",
    "TF",
    "TK",
    "UM",
    "WF",
}
NAMES = {
    "TR": "Turkey",
    "MM": "Myanmar",
    "HK": "Hong Kong",
    "MO": "Macau",
    "CG": "Republic of the Congo",
    "CD": "Democratic Republic of the Congo",
    "PS": "Palestine",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
}
ALIASES = {
    "US": ["US", "U.S.", "USA", "U.S.A.", "the States"],
    "GB": ["UK", "U.K.", "Britain", "Great Britain"],
    "AE": ["UAE", "U.A.E.", "Emirates"],
    "CD": ["DRC", "DR Congo", "D.R. Congo", "Congo-Kinshasa"],
    "CG": ["Congo", "Congo-Brazzaville"],
    "KP": ["DPRK", "North Korea", "N. Korea", "N Korea"],
    "KR": ["ROK", "S. Korea", "S Korea"],
    "CN": ["PRC", "Communist China", "Red China", "mainland China"],
    "TW": ["Nationalist China"],
    "SA": ["KSA", "Saudi kingdom"],
    "MM": ["Burma", "Myanmar (Burma)"],
    "CI": ["Côte d'Ivoire", "Cote d'Ivoire"],
    "CZ": ["Czechia"],
    "NL": ["Holland", "the Netherlands"],
    "VA": ["Vatican", "the Vatican"],
    "PS": ["Palestinian territories", "occupied Palestinian territories", "OPT"],
    "TL": ["East Timor"],
    "CV": ["Cabo Verde"],
    "SZ": ["Swaziland"],
    "MK": ["Macedonia", "FYROM"],
    "LK": ["Ceylon"],
    "IR": ["Persia"],
    "TH": ["Siam"],
    "PG": ["PNG"],
    "BA": ["Bosnia", "BiH"],
    "NZ": ["NZ"],
    "VN": ["Viet Nam", "Viet-Nam"],
    "RU": ["Russian Federation"],
    "SY": ["Syrian regime"],
}
DEMONYMS = {
    "US": "American Americans",
    "GB": "British Briton Britons Brits",
    "FR": "French Frenchman Frenchmen",
    "NL": "Dutch Dutchman Dutchmen",
    "DE": "German Germans",
    "ES": "Spanish Spaniard Spaniards",
    "SE": "Swedish Swede Swedes",
    "DK": "Danish Dane Danes",
    "FI": "Finnish Finn Finns",
    "PL": "Polish Pole Poles",
    "TR": "Turkish Turk Turks",
    "SA": "Saudi Saudis",
    "PH": "Filipino Filipinos Philippine",
    "AR": "Argentine Argentines Argentinian Argentinean Argentinians",
    "CH": "Swiss",
    "IE": "Irish Irishman",
    "KZ": "Kazakh Kazakhs Kazakhstani",
    "KG": "Kyrgyz Kirghiz",
    "TJ": "Tajik Tajiks Tadzhik",
    "TM": "Turkmen",
    "UZ": "Uzbek Uzbeks Uzbekistani",
    "IS": "Icelandic Icelander Icelanders",
    "NZ": "New-Zealander New-Zealanders",
    "AZ": "Azerbaijani Azerbaijanis Azeri Azeris",
    "BA": "Bosnian Bosnians",
    "SI": "Slovene Slovenes Slovenian Slovenians",
    "PS": "Palestinian Palestinians",
    "EC": "Ecuadorian Ecuadorians Ecuadorean",
    "CV": "Cape-Verdean Cape-Verdeans",
    "SR": "Surinamese",
    "BW": "Botswanan Motswana",
    "LS": "Basotho",
    "NP": "Nepalese Nepali Nepalis",
    "MV": "Maldivian Maldivians",
    "IL": "Israeli Israelis",
    "HK": "Hong-Konger Hong-Kongers",
    "XK": "Kosovar Kosovars",
    "YE": "Yemeni Yemenis Yemenite",
    "CU": "Cuban Cubans",
    "MG": "Malagasy",
    "AF": "Afghan Afghans",
    "VA": "",
    "GI": "",
    "MO": "",
    "MP": "",
    "DJ": "Djiboutian",
    "ME": "Montenegrin Montenegrins",
    "LU": "Luxembourger",
    "LI": "Liechtensteiner",
    "TT": "Trinidadian Trinidadians",
    "CD": "Congolese",
    "TG": "Togolese",
    "CZ": "Czech Czechs",
    "SK": "Slovak Slovaks",
    "GR": "Greek Greeks",
    "TH": "Thai Thais",
}
METONYMS = {
    "US": ["Washington"],
    "GB": ["London", "Whitehall"],
    "RU": ["Moscow", "Kremlin"],
    "CN": ["Beijing", "Peking"],
    "UA": ["Kyiv", "Kiev"],
    "BE": [],
    "IL": ["Jerusalem", "Tel Aviv"],
    "NL": ["The Hague", "Amsterdam"],
    "MM": ["Naypyidaw", "Rangoon"],
    "KZ": ["Astana", "Nur-Sultan"],
    "BO": ["La Paz"],
    "CI": ["Abidjan"],
    "FR": ["Paris", "Élysée"],
    "YE": ["Sanaa", "Sana'a"],
    "BR": ["Brasília", "Brasilia"],
    "ZA": ["Pretoria"],
    "TZ": ["Dodoma", "Dar es Salaam"],
    "IN": ["New Delhi", "Delhi"],
    "PK": ["Islamabad"],
    "TR": ["Ankara"],
    "RS": ["Belgrade"],
    "XK": ["Pristina"],
    "DE": ["Berlin"],
    "PS": ["Ramallah"],
    "IR": ["Tehran", "Teheran"],
    "GI": [],
    "DJ": [],
    "SG": [],
    "LU": [],
    "MC": [],
    "SM": [],
    "VA": [],
    "KW": [],
    "PA": [],
    "GT": [],
    "MX": [],
    "SV": [],
    "GY": [],
    "BB": [],
    "MU": [],
    "IM": [],
    "KY": [],
    "JE": [],
    "GG": [],
    "PR": [],
    "SH": [],
    "MS": [],
    "GD": [],
    "AG": [],
    "AI": [],
    "CR": [],
    "BM": [],
    "AU": ["Canberra"],
    "NZ": [],
    "SC": [],
    "JM": [],
}
# words of the source's lists that mean something else, or no state, in a text
MISLEADING = {
    "Island",
    "Mann",
    "Dominique",
    "Portuguesa",
    "Mexicanos",
    "Montenegrin",
    "Togolese",
    "Thai",
    "American",
    "Viti",
    "Sarnam",
}
# strings in which the state's name is not the state
NEVER = {
    "GE": [
        "Georgia Tech",
        "University of Georgia",
        "Atlanta, Georgia",
        "Savannah, Georgia",
        "Augusta, Georgia",
        "Athens, Georgia",
        "Macon, Georgia",
        "Georgia Institute of Technology",
        "state of Georgia",
        "South Georgia",
    ],
    "JO": ["Jordan River", "River Jordan", "Jordan Valley", "Michael Jordan"],
    "MX": ["New Mexico", "Gulf of Mexico", "Mexico City"],
    "IN": [
        "American Indian",
        "Indian Ocean",
        "West Indian",
        "Indian Territory",
        "Indian reservation",
        "Indiana",
    ],
    "IE": ["Northern Ireland", "Northern Irish"],
    "IR": ["Iran-Contra", "Persian Gulf"],
    "JE": ["New Jersey", "Jersey City", "Jersey Shore", "Jersey Devils"],
    "CN": ["South China Sea", "East China Sea", "South China Morning Post", "Indo-China", "China Sea"],
    "TR": ["Turkey Point"],
    "CU": ["Cuba, New York"],
    "PA": ["Panama City, Florida", "Panama Canal", "Panama City"],
    "KW": ["Kuwait City"],
    "CD": ["Congo River"],
    "NE": ["Niger Delta", "Niger River"],
    "GN": ["New Guinea", "Gulf of Guinea"],
    "JP": ["Sea of Japan"],
    "PH": ["Philippine Sea"],
    "LB": ["Lebanon, Pennsylvania", "Lebanon, Tennessee"],
    "US": [
        "Latin American",
        "Latin Americans",
        "South American",
        "South Americans",
        "Central American",
        "North American",
        "Native American",
        "Native Americans",
        "African American",
        "African Americans",
        "African-American",
        "African-Americans",
        "Washington, D.C.",
        "Washington D.C.",
        "Washington DC",
        "Washington State",
        "Washington state",
        "Pan American",
        "University of Washington",
        "George Washington",
        "Fort Washington",
        "Washington County",
        "Mount Washington",
        "Port Washington",
    ],
    "GB": [
        "London, Ontario",
        "New London",
        "British Columbia",
        "British Columbian",
        "British Isles",
        "New Britain",
        "City of London",
    ],
    "FR": ["Tour de France", "French fries", "Paris, Texas", "French Quarter"],
    "SG": [],
}


def main(shared: Path) -> None:
    with (shared / "countries" / "countries.tsv").open(encoding="utf-8") as lines:
        rows = [
            r
            for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            if r["iso2"] not in PLACES
        ]
    owner: dict[str, str] = {}
    for row in sorted(rows, key=lambda r: -int(r["population"])):
        for demonym in row["demonym"].split(","):
            owner.setdefault(demonym.strip(), row["iso2"])
    for iso, words in DEMONYMS.items():
        owner.update((word.replace("-", " "), iso) for word in words.split())
    out = [
        "# States and territories. Names in eleven languages: Unicode CLDR (Unicode License v3), by Babel;",
        "# demonyms, capitals and other names: countryinfo 1.0.1 (MIT); press names and metonyms: own work.",
        "# Made by tests/benchmarks/make_tables/states.py.",
        "\t".join(("iso2", "name", "aliases", "demonyms", "metonyms", "never", *LANGS)),
    ]
    out += ["\t".join(line(row, owner)) for row in rows]
    target = ROOT / "sitegen" / "data" / "states.tsv"
    target.write_text("\n".join(out) + "\n", encoding="utf-8")


def line(row: dict[str, str], owner: dict[str, str]) -> list[str]:
    iso = row["iso2"]
    cldr = row["name_en"]
    name = NAMES.get(iso, cldr.replace(" & ", " and ").replace("St. ", "Saint "))
    # inverted ("Korea, Republic of") and phonetic forms are for lists, nobody writes them in a text
    others = [
        n.strip() for n in row["other_names"].split("|") if n.strip() and "," not in n and "'ɡ" not in n
    ]
    others = [
        n
        for n in others
        if n
        not in (
            "Island",
            "Mann",
            "Dominique",
            "Portuguesa",
            "Mexicanos",
            "Montenegrin",
            "Togolese",
            "Thai",
            "American",
            "Viti",
            "Sarnam",
        )
    ]
    plain = [n.replace("’", "'") for n in (cldr, *others)]
    aliases = list(dict.fromkeys([cldr, *ALIASES.get(iso, []), *others, *plain]))
    if iso in DEMONYMS:
        found = [w.replace("-", " ") for w in DEMONYMS[iso].split()]
    else:
        found = [d.strip() for d in row["demonym"].split(",") if d.strip() and owner.get(d.strip()) == iso]
        found += [f"{d}s" for d in found if d[-1] in "nir" and len(d) > 3]
    found = [d for d in found if owner.get(d, iso) == iso]
    capital = row["capital"].split(" / ")[0]
    metonyms = METONYMS.get(iso, [capital] if capital and capital != name else [])
    return [
        iso,
        name,
        "|".join(a for a in aliases if a != name),
        "|".join(found),
        "|".join(metonyms),
        "|".join(NEVER.get(iso, [])),
        *(row[f"name_{lang}"] for lang in LANGS),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data")
