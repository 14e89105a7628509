"""An invented country's people and bodies with the names that articles give them: the gold for curation.

The first name of a row is the actor's; the others are what cleaning may leave apart: surnames alone,
initials, second names, transliterations, Cyrillic, acronyms, the same words in another order.
"""

from __future__ import annotations

CAST = (
    ("Ilka Marenholt", "I. Marenholt", "Ilka J. Marenholt", "Marenholt"),
    ("Dovran Tushkaev", "Dowran Tushkayev", "Tushkaev"),
    ("Petra Lindqvist", "Petra Lindkvist", "P. Lindqvist"),
    ("Omar al-Zahidi", "Omar Al Zahidi", "Umar al-Zahidi", "al-Zahidi"),
    ("Jonas Weller", "Jonas T. Weller", "J. Weller", "Weller"),
    ("Anna Weller", "Anna B. Weller"),
    ("Karim Benhadou", "Kareem Benhaddou", "Benhadou"),
    ("Sofia Brandt", "Sophia Brandt", "Brandt"),
    ("Tomas Brandt", "Thomas Brandt", "T. Brandt"),
    ("Sergei Volkhin", "Sergey Volkhin", "Сергей Волхин", "Volkhin"),
    ("Natalya Orekhova", "Natalia Orekhova", "Наталья Орехова"),
    ("Hamid Qaradaghi", "Hameed Karadaghi", "Qaradaghi"),
    ("Muammar Tedjani", "Moammar Tedjani", "Tedjani"),
    ("Yusuf Demirkaya", "Yousef Demirkaya", "Demirkaya"),
    ("Ana Lucía Ferrán", "Ana Lucia Ferran", "Ferrán"),
    ("Matěj Hruška", "Matej Hruska", "Hruška"),
    ("Jürgen Ossenbrück", "Jurgen Ossenbruck"),
    ("Bao Linh Tran", "Tran Bao Linh"),
    ("William Harcastle", "Bill Harcastle", "W. Harcastle", "Harcastle"),
    ("Robert Ennisfield", "R. Ennisfield", "Robert P. Ennisfield"),
    ("Mirela Codreanu", "Mirella Codreanu", "Codreanu"),
    ("Abdul Rahman Safi", "Abdulrahman Safi", "Abdel Rahman Safi"),
    ("Teresa Okonjola", "T. Okonjola", "Okonjola"),
    ("Viktor Halasz", "Viktor Halász", "Victor Halasz"),
    ("National Harbour Authority", "NHA", "Harbour Authority", "National Harbor Authority"),
    ("Ministry of River Works", "River Works Ministry", "MRW"),
    ("Union of Lake Fishers", "ULF", "Lake Fishers Union"),
    ("Front for Northern Freedom", "FNF", "Northern Freedom Front"),
    ("Southern Grain Board", "SGB", "Southern Grains Board"),
    ("Southern Steel Board", "Southern Steel Board SSB"),
    ("Marsh Rescue Service", "Marsh Rescue", "MRS"),
    ("Valley Electric Company", "Valley Electric", "VEC"),
    ("Committee for Clean Water", "Clean Water Committee", "CCW"),
    ("Bank of the Lower Valley", "Lower Valley Bank"),
    ("Institute of Tidal Studies", "Tidal Studies Institute", "ITS"),
    ("Coast Guard of Velmark", "Velmark Coast Guard", "VCG"),
    ("Velmark Broadcasting Corporation", "VBC", "Velmark Broadcasting"),
    ("People's Harvest Party", "Peoples Harvest Party", "PHP"),
    ("Civic Reform Alliance", "CRA", "Alliance for Civic Reform"),
    ("Council of Island Mayors", "Island Mayors Council", "CIM"),
    ("Free Pilots Association", "Association of Free Pilots", "FPA"),
    ("Highland Rangers Brigade", "Highland Rangers", "HRB"),
    ("Dovran Tushkaeva",),
    ("Jonas Wellner", "J. Wellner"),
    ("Omar Zahid", "O. Zahid"),
    ("Northern Grain Board",),
    ("Union of Lake Farmers",),
    ("Viktor Halasi",),
    ("Northern Salt Works", "Northern Saltworks"),
    ("Court of Maritime Appeal", "Maritime Appeal Court", "CMA"),
)
ARTICLES = 132


def appearances() -> dict[str, dict[str, str]]:
    """Return for each of the articles its actors: the first name of each with the name given there.

    A few actors are in many articles, most in a few; the names of one take turns.
    """
    found: dict[str, dict[str, str]] = {}
    turns = dict.fromkeys(range(len(CAST)), 0)
    for number in range(ARTICLES):
        chosen = sorted(
            {(number * 7 + 3) % 50, (number * 13 + 1) % 50, (number * number) % 17, (number * 5) % 31}
        )
        names = {}
        for actor in chosen:
            names[CAST[actor][0]] = CAST[actor][turns[actor] % len(CAST[actor])]
            turns[actor] += 1
        found[f"2019/{1 + number % 12:02}/a{number}"] = names
    return found
