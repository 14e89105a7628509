"""What `parse_dateline` reads at the head of a paragraph, in the styles of agencies and papers."""

from __future__ import annotations

import pytest

from sitegen.dates import parse_dateline
from sitegen.model import Date

pytestmark = pytest.mark.quick

PUBLISHED = "2016-05-04"

# dateline, what follows it, place, date, agency
STYLES = [
    ("OSLO, Norway, May 3 (Reuters) -", "The ministry said", "Oslo, Norway", "2016-05-03", "Reuters"),
    ("OSLO (Reuters) -", "The ministry said", "Oslo", None, "Reuters"),
    ("OSLO/STOCKHOLM, May 3 (Reuters) -", "Two banks said", "Oslo/Stockholm", "2016-05-03", "Reuters"),
    ("GENEVA/NEW YORK (AP) —", "Envoys met", "Geneva/New York", None, "AP"),
    ("DES MOINES, Iowa (AP) —", "Farmers said", "Des Moines, Iowa", None, "AP"),
    ("VATICAN CITY (AP) -", "The pope said", "Vatican City", None, "AP"),
    ("ABOARD THE PAPAL PLANE (AP) —", "The pope said", "Papal Plane", None, "AP"),
    ("ABOARD USS NIMITZ, May 3 (Reuters) -", "The navy said", "USS Nimitz", "2016-05-03", "Reuters"),
    ("(AP) —", "The court ruled", None, None, "AP"),
    ("May 3 (UPI) --", "The court ruled", None, "2016-05-03", "UPI"),
    ("BOSTON, May 3 (UPI) --", "The court ruled", "Boston", "2016-05-03", "UPI"),
    ("Lyon (AFP) -", "Le maire a dit", "Lyon", None, "AFP"),
    ("Lyon, 3 mai 2016 (AFP) -", "Le maire a dit", "Lyon", "2016-05-03", "AFP"),
    ("Lyon, le 3 mai 2016 (AFP) –", "Le maire a dit", "Lyon", "2016-05-03", "AFP"),
    ("LYON, May 3, 2016 (AFP) -", "The mayor said", "Lyon", "2016-05-03", "AFP"),
    ("KAZAN, May 3. /TASS/.", "The governor said", "Kazan", "2016-05-03", "TASS"),
    ("КАЗАНЬ, 3 мая. /ТАСС/.", "Глава региона заявил", "Казань", "2016-05-03", "ТАСС"),
    ("KAZAN, May 3 (Itar-Tass) --", "The governor said", "Kazan", "2016-05-03", "Itar-Tass"),
    ("KAZAN. May 3 (Interfax) -", "The governor said", "Kazan", "2016-05-03", "Interfax"),
    ("Казань. 3 мая. ИНТЕРФАКС -", "Глава региона заявил", "Казань", "2016-05-03", "ИНТЕРФАКС"),
    ("КАЗАНЬ, 3 мая — РИА Новости.", "Глава региона", "Казань", "2016-05-03", "РИА Новости"),
    ("КАЗАНЬ, 3 мая - РИА Новости, Пётр Петров.", "Глава региона", "Казань", "2016-05-03", "РИА Новости"),
    ("KAZAN (Sputnik) –", "The governor said", "Kazan", None, "Sputnik"),
    ("KHARKIV. May 3 (Interfax-Ukraine) –", "The mayor said", "Kharkiv", "2016-05-03", "Interfax-Ukraine"),
    ("ХАРКІВ. 3 травня. УНН.", "Міський голова", "Харків", "2016-05-03", "УНН"),
    ("ЛЬВІВ, 3 травня /УКРІНФОРМ/.", "Міський голова", "Львів", "2016-05-03", "УКРІНФОРМ"),
    ("MINSK, 3 May (BelTA) –", "The president said", "Minsk", "2016-05-03", "BelTA"),
    ("3 мая, Минск /Корр. БЕЛТА/.", "Президент заявил", "Минск", "2016-05-03", "БЕЛТА"),
    ("ASTANA. KAZINFORM –", "The minister said", "Astana", None, "KAZINFORM"),
    ("Bishkek (24.kg) —", "The minister said", "Bishkek", None, "24.kg"),
    ("BAKU, May 3, AZERTAC", "The president met", None, None, None),
    ("OSAKA, May 3 Kyodo -", "The city said", "Osaka", "2016-05-03", "Kyodo"),
    ("YEREVAN. –", "The premier met", "Yerevan", None, None),
    ("QUITO.-", "El alcalde dijo", "Quito", None, None),
    ("ABOARD A NAVY SHIP (AP) —", "The crew said", "Navy Ship", None, "AP"),
    ("HATAY, Turkey/BEIRUT (Reuters) -", "The army said", "Hatay, Turkey/Beirut", None, "Reuters"),
    ("Paris (awp/afp) -", "Le groupe a dit", "Paris", None, "awp/afp"),
    ("ОМСК, 3 мая. /Корр. ТАСС Пётр Петров/.", "Глава региона", "Омск", "2016-05-03", "ТАСС"),
    ("Baku, Azerbaijan, May 3 / Trend /", "The president met", "Baku, Azerbaijan", "2016-05-03", "Trend"),
    ("YEREVAN, MAY 3, ARMENPRESS.", "The premier met", "Yerevan", "2016-05-03", "ARMENPRESS"),
    ("YEREVAN, May 3. /ARKA/.", "The premier met", "Yerevan", "2016-05-03", "ARKA"),
    ("Chisinau, 3 May /MOLDPRES/ -", "The premier met", "Chisinau", "2016-05-03", "MOLDPRES"),
    ("VILNIUS, May 03, BNS -", "The premier met", "Vilnius", "2016-05-03", "BNS"),
    ("RIGA, May 3 (LETA) -", "The premier met", "Riga", "2016-05-03", "LETA"),
    ("Warsaw, May 3 (PAP) -", "The premier met", "Warsaw", "2016-05-03", "PAP"),
    ("Kraków, 03.05.2016 (PAP) -", "Premier powiedział", "Kraków", "2016-05-03", "PAP"),
    ("Praha 3. května (ČTK) -", "Ministr řekl", "Praha", "2016-05-03", "ČTK"),
    ("Prague, May 3 (CTK) -", "The minister said", "Prague", "2016-05-03", "CTK"),
    ("Bratislava 3. mája (TASR) -", "Minister povedal", "Bratislava", "2016-05-03", "TASR"),
    ("Budapest, 2016. május 3., kedd (MTI) -", "A miniszter", "Budapest", "2016-05-03", "MTI"),
    ("Bucureşti, 3 mai /Agerpres/ -", "Ministrul a declarat", "Bucureşti", "2016-05-03", "Agerpres"),
    ("Sofia, May 3 (BTA) -", "The minister said", "Sofia", "2016-05-03", "BTA"),
    ("BELGRADE, May 3 (Tanjug) -", "The minister said", "Belgrade", "2016-05-03", "Tanjug"),
    ("ZAGREB, May 3 (Hina) -", "The minister said", "Zagreb", "2016-05-03", "Hina"),
    ("SARAJEVO, 3. maja (FENA) -", "Ministar je rekao", "Sarajevo", "2016-05-03", "FENA"),
    ("Ljubljana, 3 May (STA) -", "The minister said", "Ljubljana", "2016-05-03", "STA"),
    ("Skopje, 3 May 2016 (MIA) -", "The minister said", "Skopje", "2016-05-03", "MIA"),
    ("ATHENS (ANA-MPA) —", "The minister said", "Athens", None, "ANA-MPA"),
    ("ANKARA (AA) -", "Bakan dedi", "Ankara", None, "AA"),
    ("İZMİR (DHA) –", "Vali dedi", "İzmir", None, "DHA"),
    ("Köln (dpa) -", "Die Stadt teilte mit", "Köln", None, "dpa"),
    ("Berlin/Hamburg (dpa/AFP) -", "Die Bahn teilte mit", "Berlin/Hamburg", None, "dpa/AFP"),
    ("Köln (dpa/lnw) –", "Die Stadt teilte mit", "Köln", None, "dpa/lnw"),
    ("Köln, 3. Mai (Reuters) -", "Die Stadt teilte mit", "Köln", "2016-05-03", "Reuters"),
    ("Wien (APA) –", "Der Minister sagte", "Wien", None, "APA"),
    ("Zürich (awp) -", "Die Bank teilte mit", "Zürich", None, "awp"),
    ("Genève (ats) -", "Le canton a dit", "Genève", None, "ats"),
    ("(ANSA) - NAPOLI, 03 MAG -", "Il sindaco ha detto", "Napoli", "2016-05-03", "ANSA"),
    ("Napoli, 3 mag. (askanews) –", "Il sindaco ha detto", "Napoli", "2016-05-03", "askanews"),
    ("Napoli, 3 mag. - (Adnkronos) -", "Il sindaco ha detto", "Napoli", "2016-05-03", "Adnkronos"),
    ("Sevilla, 3 may (EFE).-", "El alcalde dijo", "Sevilla", "2016-05-03", "EFE"),
    ("SEVILLA, 3 May. (EUROPA PRESS) -", "El alcalde dijo", "Sevilla", "2016-05-03", "EUROPA PRESS"),
    ("MONTEVIDEO, 3 may (Xinhua) --", "El gobierno dijo", "Montevideo", "2016-05-03", "Xinhua"),
    ("Rosario, 3 de mayo (Télam) -", "El intendente dijo", "Rosario", "2016-05-03", "Télam"),
    ("La Habana, 3 may (PL) -", "El gobierno dijo", "La Habana", "2016-05-03", "PL"),
    ("COCHABAMBA, 3 (ABI) -", "El gobierno dijo", "Cochabamba", "2016-05-03", "ABI"),
    ("Porto, 03 mai 2016 (Lusa) -", "O presidente disse", "Porto", "2016-05-03", "Lusa"),
    ("SÃO PAULO (Reuters) -", "O banco disse", "São Paulo", None, "Reuters"),
    ("RECIFE, PE (FOLHAPRESS) -", "O prefeito disse", "Recife, PE", None, "FOLHAPRESS"),
    ("AMSTERDAM (ANP) -", "De minister zei", "Amsterdam", None, "ANP"),
    ("MUMBAI, May 3 (PTI)", "The minister said", "Mumbai", "2016-05-03", "PTI"),
    ("New Delhi [India], May 3 (ANI):", "The minister said", "New Delhi, India", "2016-05-03", "ANI"),
    ("New Delhi, May 3 (IANS)", "The minister said", "New Delhi", "2016-05-03", "IANS"),
    ("KARACHI, May 03 (APP):", "The minister said", "Karachi", "2016-05-03", "APP"),
    ("DHAKA, May 3, 2016 (BSS) -", "The minister said", "Dhaka", "2016-05-03", "BSS"),
    ("Tehran, May 3, IRNA –", "The minister said", "Tehran", "2016-05-03", "IRNA"),
    ("TEHRAN (Tasnim) –", "The minister said", "Tehran", None, "Tasnim"),
    ("Aleppo, SANA-", "The governor said", "Aleppo", None, "SANA"),
    ("ALEPPO, (SANA) –", "The governor said", "Aleppo", None, "SANA"),
    ("BASRA / Shafaq News/", "The governor said", "Basra", None, "Shafaq News"),
    ("Amman, May 3 (Petra) --", "The minister said", "Amman", "2016-05-03", "Petra"),
    ("RAMALLAH, May 3, 2016 (WAFA) –", "The minister said", "Ramallah", "2016-05-03", "WAFA"),
    ("KUWAIT, May 3 (KUNA) --", "The minister said", "Kuwait", "2016-05-03", "KUNA"),
    ("ABU DHABI, 3rd May, 2016 (WAM) --", "The minister said", "Abu Dhabi", "2016-05-03", "WAM"),
    ("Doha, May 03 (QNA) -", "The minister said", "Doha", "2016-05-03", "QNA"),
    ("Riyadh, May 03, 2016, SPA --", "The minister said", "Riyadh", "2016-05-03", "SPA"),
    ("Cairo, May 3 (MENA) -", "The minister said", "Cairo", "2016-05-03", "MENA"),
    ("Khartoum, May 3 (SUNA) -", "The minister said", "Khartoum", "2016-05-03", "SUNA"),
    ("Tripoli, 3 May 2016 (Lana) –", "The minister said", "Tripoli", "2016-05-03", "Lana"),
    ("TUNIS (TAP) -", "The minister said", "Tunis", None, "TAP"),
    ("ALGIERS - (APS) -", "The minister said", "Algiers", None, "APS"),
    ("Accra, May 3, GNA -", "The minister said", "Accra", "2016-05-03", "GNA"),
    ("Lagos, May 3, 2016 (NAN)", "The minister said", "Lagos", "2016-05-03", "NAN"),
    ("Addis Ababa, May 3/2016(ENA)-", "The minister said", "Addis Ababa", "2016-05-03", "ENA"),
    ("WINDHOEK, 03 MAY (NAMPA) -", "The minister said", "Windhoek", "2016-05-03", "NAMPA"),
    ("BEIJING, May 3 (Xinhua) --", "The minister said", "Beijing", "2016-05-03", "Xinhua"),
    ("Pyongyang, May 3 (KCNA) --", "The ministry said", "Pyongyang", "2016-05-03", "KCNA"),
    ("SEOUL, May 3 (Yonhap) --", "The ministry said", "Seoul", "2016-05-03", "Yonhap"),
    ("OSAKA (Kyodo) --", "The city said", "Osaka", None, "Kyodo"),
    ("OSAKA, May 3, Kyodo -", "The city said", "Osaka", "2016-05-03", "Kyodo"),
    ("Taipei, May 3 (CNA)", "The premier said", "Taipei", "2016-05-03", "CNA"),
    ("MANILA, May 3 (PNA) --", "The palace said", "Manila", "2016-05-03", "PNA"),
    ("HANOI — VNA –", "The premier said", "Hanoi", None, "VNA"),
    ("SURABAYA (ANTARA) -", "The mayor said", "Surabaya", None, "ANTARA"),
    ("KUALA LUMPUR, May 3 (Bernama) --", "The premier said", "Kuala Lumpur", "2016-05-03", "Bernama"),
    ("CANBERRA (AAP) -", "The minister said", "Canberra", None, "AAP"),
    ("LONDON (PA) —", "The minister said", "London", None, "PA"),
    ("KINGSTON, Jamaica, May 3 (JIS) —", "The minister said", "Kingston, Jamaica", "2016-05-03", "JIS"),
    ("BRIDGETOWN, Barbados, CMC –", "The minister said", "Bridgetown, Barbados", None, "CMC"),
    ("DENVER--(BUSINESS WIRE)--", "The company said", "Denver", None, "BUSINESS WIRE"),
    ("DENVER, May 3, 2016 /PRNewswire/ --", "The company said", "Denver", "2016-05-03", "PRNewswire"),
    ("DENVER, May 03, 2016 (GLOBE NEWSWIRE) --", "The company", "Denver", "2016-05-03", "GLOBE NEWSWIRE"),
    ("UNITED NATIONS, May 3 2016 (IPS) -", "The council met", "United Nations", "2016-05-03", "IPS"),
    ("Atlanta (CNN)", "The mayor said", "Atlanta", None, "CNN"),
    ("(CNN)", "The mayor said", None, None, "CNN"),
    ("(CNN) —", "The mayor said", None, None, "CNN"),
    ("NNA -", "The minister met", None, None, "NNA"),
    ("CHICAGO —", "The mayor said", "Chicago", None, None),
    ("CHICAGO --", "The mayor said", "Chicago", None, None),
    ("CHICAGO–", "The mayor said", "Chicago", None, None),
    ("CHICAGO, May 3 —", "The mayor said", "Chicago", "2016-05-03", None),
    ("MARJAH, Afghanistan —", "The elders met", "Marjah, Afghanistan", None, None),
    ("Marjah, Afghanistan –", "The elders met", None, None, None),
    ("Kandahar, Afghanistan –", "The elders met", "Kandahar, Afghanistan", None, None),
    ("CAMP LEJEUNE, N.C. —", "The Marines said", "Camp Lejeune, N.C.", None, None),
    ("PESHAWAR:", "The chief minister said", "Peshawar", None, None),
    ("JEDDAH:", "The chamber said", "Jeddah", None, None),
    ("GENEVA (3 May 2016) –", "Experts said", "Geneva", "2016-05-03", None),
    ("GENEVA / VIENNA, 3 May 2016 -", "Experts said", "Geneva/Vienna", "2016-05-03", None),
    ("TUNIS - 3 May 2016:", "The president said", "Tunis", "2016-05-03", None),
    ("Luxembourg, 3 May 2016 -", "The court said", "Luxembourg", "2016-05-03", None),
    ("SOUTHWEST ASIA, May 3, 2016 —", "The task force", "Southwest Asia", "2016-05-03", None),
    ("MONTRÉAL —", "Le maire a dit", "Montréal", None, None),
    ("Nairobi –", "Court papers said", None, None, None),
    ("Nairobi -", "The court ruled on", "Nairobi", None, None),
    ("**OSLO (Reuters) -**", "The ministry said", "Oslo", None, "Reuters"),
    ("دمشق-سانا", "أعلن المحافظ", "دمشق", None, "سانا"),
    ("القاهرة (رويترز) -", "قال الوزير", "القاهرة", None, "رويترز"),
    ("بيروت 3 مايو (رويترز) –", "قال الوزير", "بيروت", "2016-05-03", "رويترز"),
    ("تهران - ایرنا -", "وزیر گفت", "تهران", None, "ایرنا"),
    ("新华社北京5月3日电（记者张三）", "国务院", "北京", "2016-05-03", "新华社"),
    ("（中央社台北3日电）", "行政院", "台北", "2016-05-03", "中央社"),
    ("[東京 ３日 ロイター] - ", "日銀は", "東京", "2016-05-03", "ロイター"),
    ("【ワシントン共同】", "米政府は", "ワシントン", None, "共同"),
    ("(부산=연합뉴스) 홍길동 기자 = ", "시는", "부산", None, "연합뉴스"),
]


@pytest.mark.parametrize(("head", "text", "place", "date", "agency"), STYLES)
def test_a_dateline_gives_place_date_and_agency(
    head: str, text: str, place: str | None, date: str | None, agency: str | None
) -> None:
    found = parse_dateline(f"{head} {text} on Tuesday that it would go on.", published=PUBLISHED)
    got = (found.place, found.date and found.date.date, found.agency) if found else (None, None, None)
    assert got == (place, date, agency)
    if found:
        assert f"{head} {text} on Tuesday"[found.end :].strip().startswith(text[:5])


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        " ",
        "-",
        "— The start",
        "The minister - who was in Oslo - said so.",
        "Oslo said on Tuesday that it would go on.",
        "Oslo - the capital of Norway - is cold in May.",
        "OSLO - the capital of Norway - is cold in May.",
        "Paris - the city of light - was dark.",
        "Moscow – and its allies – have refused.",
        "London - Frankfurt - New York: the markets opened.",
        "Barcelona - Real Madrid 3-1 after extra time.",
        "NATO — The alliance met on Tuesday.",
        "UNICEF - The agency met on Tuesday.",
        "WATCH: The minister speaks.",
        "READING — The pleasure of it is gone.",
        "BREAKING: The minister has resigned.",
        "ANALYSIS: What the vote means",
        "EXCLUSIVE - The letter in full",
        "SMITH: I never said so.",
        "JACKSON: I never said so.",
        "LINCOLN: The play",
        "QUESTION: Will he go?",
        "Q: Will he go?",
        "PHOTO: The minister in Oslo",
        "AP Photo - The minister in Oslo",
        "(AP Photo/Jane Doe) The minister in Oslo",
        "Jane Doe (Reuters Photo) - The minister",
        "FILE - In this May 3, 2016 photo, the minister waits.",
        "IAEA (International Atomic Energy Agency) - The body met.",
        "PKK (Kurdistan Workers' Party) - The group said so.",
        "Kim Jong Un (left) - The leader waits.",
        "Oslo (pop. 600,000) - The city grows.",
        "Oslo (pictured) - The city grows.",
        "May 3 - The minister resigned.",
        "Tuesday, May 3 - The minister resigned.",
        "On May 3 - The day of the vote - nobody came.",
        "3 May 2016 - The minister resigned.",
        "Updated May 3 - The minister resigned.",
        "Mr Doe, 45 - The minister's brother - resigned.",
        "Brown, May 3 - The minister resigned.",
        "OPINION | The minister must go",
        "Part 2 - The return",
        "Story highlights: The minister resigned",
        "JANE DOE — The minister of health",
        "SHARE THIS — The minister resigned",
        "IRAN: The deal",
        "SYRIA - The war goes on",
        "Russia - The game is over",
        "Share on Facebook (Opens in new window) - Click",
        "THE MINISTER RESIGNED — The full story",
        "US-led forces - The coalition said - left Oslo.",
        "Follow us: The minister on Twitter",
        "(This story has been updated) - The minister resigned.",
        "(See: The minister) - resigned",
        "Norway (Headquarters) - Service Division",
        "CLOSED — Saturday - Sunday",
        "$5 (Reuters) - no",
    ],
)
def test_what_could_be_the_text_itself_is_no_dateline(paragraph: str) -> None:
    assert parse_dateline(paragraph, published=PUBLISHED) is None


@pytest.mark.parametrize(
    ("paragraph", "place", "date", "end"),
    [
        ("TULSA, Okla., Apri 3 - The bank", "Tulsa, Okla.", "1987-04-03", 22),
        ("TULSA, Okla,April 3 - The bank", "Tulsa, Okla", "1987-04-03", 21),
        ("TULSA, APril 3- The bank", "Tulsa", "1987-04-03", 15),
        ("TULSA April 3 - The bank", "Tulsa", "1987-04-03", 15),
        ("tulsa, april 3 - The bank", "tulsa", "1987-04-03", 16),
        ("TUlSA, Ok., Marhc 30 - The bank", "Tulsa, Ok.", "1987-03-30", 22),
        ("WACO, Tex. April, 3 - The bank", "Waco, Tex.", "1987-04-03", 21),
        ("RPT--ESSEN, West Germany, April 3 - The bank", "Essen, West Germany", "1987-04-03", 35),
        ("SMALLTOWN, N.J., April 3 - The bank", "Smalltown, N.J.", "1987-04-03", 26),
        ("ESSEN, April 3, Reuter - The bank", "Essen", "1987-04-03", 24),
    ],
)
def test_old_wires_are_read_with_their_slips(paragraph: str, place: str, date: str, end: int) -> None:
    found = parse_dateline(paragraph, published=Date("1987-04-03"))
    assert found is not None
    assert (found.place, found.date and found.date.date, found.end) == (place, date, end)


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2016-01-02", "2015-12-31"), ("2015-12-30", "2015-12-31"), ("2016-12-20", "2015-12-31"), (None, None)],
)
def test_the_day_of_publication_gives_the_year(published: str | None, expected: str | None) -> None:
    found = parse_dateline("OSLO, Dec 31 (Reuters) - The bank", published=published)
    assert found is not None
    assert (found.date and found.date.date) == expected


def test_a_year_in_the_dateline_needs_no_day_of_publication() -> None:
    found = parse_dateline("OSLO, Dec 31, 2015 (Reuters) - The bank")
    assert found is not None
    assert found.date == Date("2015-12-31")
