"""What `parse_date` makes of the date lines of sites, one language and one habit at a time."""

from __future__ import annotations

import pytest

from sitegen.dates import parse_date

pytestmark = pytest.mark.quick

# language, text, what it says: date, "T" and time, offset
BY_LANGUAGE = [
    ("en", "Monday, March 12th, 2012 at 9.05 a.m. BST", "2012-03-12T09:05+01:00"),
    ("en", "12 Mar 2012 21:05:59 +0530", "2012-03-12T21:05+05:30"),
    ("en", "Sat Mar 17 08:15:00 UTC 2012", "2012-03-17T08:15+00:00"),
    ("en", "Mar. 12, 2012, 11 p.m. PT", "2012-03-12T23:00-07:00"),
    ("en", "17/Mar/2012 08:15", "2012-03-17T08:15"),
    ("en", "17-Mar-12", "2012-03-17"),
    ("en", "March '12 was warm", None),
    ("en", "12 noon, 3 March 2012", "2012-03-03"),
    ("en", "3rd of March 2012", "2012-03-03"),
    ("en", "the 3rd March, 2012 12:30am", "2012-03-03T00:30"),
    ("en", "March 3, 2012, 12:30 PM EDT", "2012-03-03T12:30-04:00"),
    ("en", "2012 Mar 3 19:45 GMT", "2012-03-03T19:45+00:00"),
    ("en", "Posted: 3:45 PM CST, March 3rd 2012", "2012-03-03T15:45-06:00"),
    ("en", "3 March 2012 14:00 Beijing Time", "2012-03-03T14:00+08:00"),
    ("en", "Last updated 3 March 2012 2200 hrs IST", "2012-03-03T22:00+05:30"),
    ("en", "Sept 3, 2012", "2012-09-03"),
    ("en", "September 2012", "2012-09"),
    ("en", "Autumn 2012", "2012"),
    ("en", "2012", "2012"),
    ("en", "(2012)", "2012"),
    ("de", "Sonntag, den 4. März 2012 um 9 Uhr", "2012-03-04T09:00"),
    ("de", "04.03.12, 09:15", "2012-03-04T09:15"),
    ("de", "Veröffentlicht am 04.03.2012 | Lesedauer: 3 Minuten", "2012-03-04"),
    ("de", "Wien, am 4. Jänner 2012", "2012-01-04"),
    ("de", "Erstellt: 04.12.2012 Aktualisiert: 05.12.2012, 10:00 Uhr", "2012-12-04"),
    ("de", "4.12.2012, 10.30 Uhr MEZ", "2012-12-04T10:30+01:00"),
    ("fr", "Le samedi 3 mars 2012 à 9h05 (heure de Paris)", "2012-03-03T09:05+01:00"),
    ("fr", "Publié le 03/12/2012 à 19:05 | Mis à jour le 04/12/2012 à 08:00", "2012-12-03T19:05"),
    ("fr", "03 déc. 2012, 7 h 45", "2012-12-03T07:45"),
    ("fr", "mar. 4 déc. 2012", "2012-12-04"),
    ("fr", "Par Jeanne Martin, le 1er août 2012 à 00h00", "2012-08-01T00:00"),
    ("es", "sábado, 3 de marzo de 2012 - 09:05 h", "2012-03-03T09:05"),
    ("es", "3 MAR 2012 - 21:05 CET", "2012-03-03T21:05+01:00"),
    ("es", "3 de marzo del 2012, 9:05 p. m.", "2012-03-03T21:05"),
    ("es", "Creado: 03.03.2012 | 09:05", "2012-03-03T09:05"),
    ("es", "martes 1 de setiembre de 2015", "2015-09-01"),
    ("es", "Marzo 3, 2012", "2012-03-03"),
    ("it", "Sabato 3 Marzo 2012, ore 09:05", "2012-03-03T09:05"),
    ("it", "Pubblicato il 03/12/2012 alle ore 09.05", "2012-12-03T09:05"),
    ("it", "3 dic 2012 ultima modifica: 4 dic 2012", "2012-12-03"),
    ("it", "1° settembre 2012", "2012-09-01"),
    ("pt", "Sábado, 3 de março de 2012 às 9h05", "2012-03-03T09:05"),
    ("pt", "3 de Março, 2012 - 21:05", "2012-03-03T21:05"),
    ("pt", "Publicado em 03/12/2012 - 21:05 Atualizado em 04/12/2012 - 10:00", "2012-12-03T21:05"),
    ("pt", "03 out 2012", "2012-10-03"),
    ("nl", "zaterdag 3 maart 2012 om 9.05 uur", "2012-03-03T09:05"),
    ("nl", "03 mrt. 2012, 09:05", "2012-03-03T09:05"),
    ("nl", "Bijgewerkt: 3 mei 2012 21:05", "2012-05-03T21:05"),
    ("ru", "суббота, 3 марта 2012 года, 09:05 МСК", "2012-03-03T09:05"),
    ("ru", "3 МАР 2016, 09:05 МСК", "2016-03-03T09:05+03:00"),
    ("ru", "09:05, 3 мая 2012", "2012-05-03T09:05"),
    ("ru", "03.05.2012 в 09:05", "2012-05-03T09:05"),
    ("ru", "Опубликовано: 3 сен 2012 г. Обновлено: 4 сен 2012 г.", "2012-09-03"),
    ("uk", "субота, 3 березня 2012 р., 09:05", "2012-03-03T09:05"),
    ("uk", "3 трав. 2012 о 09:05", "2012-05-03T09:05"),
    ("uk", "Оновлено: 3 листопада 2012", "2012-11-03"),
    ("be", "3 сакавіка 2012, 09:05", "2012-03-03T09:05"),
    ("pl", "sobota, 3 marca 2012 r., godz. 9.05", "2012-03-03T09:05"),
    ("pl", "Dodano: 3 listopada 2012, 21:05", "2012-11-03T21:05"),
    ("pl", "03 paź 2012", "2012-10-03"),
    ("cs", "sobota 3. března 2012 v 9:05", "2012-03-03T09:05"),
    ("cs", "3. listopadu 2012 21:05", "2012-11-03T21:05"),
    ("cs", "Aktualizováno 3. 5. 2012 9:05", "2012-05-03T09:05"),
    ("sk", "sobota 3. marca 2012 o 9:05", "2012-03-03T09:05"),
    ("sk", "3. mája 2012, 21:05", "2012-05-03T21:05"),
    ("hu", "2012. március 3., szombat 9:05", "2012-03-03T09:05"),
    ("hu", "2012.05.03. 21:05", "2012-05-03T21:05"),
    ("hu", "2012. aug. 3. 9:05", "2012-08-03T09:05"),
    ("ro", "sâmbătă, 3 martie 2012, ora 09:05", "2012-03-03T09:05"),
    ("ro", "Publicat: 3 Mai 2012, 21:05", "2012-05-03T21:05"),
    ("bg", "събота, 3 март 2012 г., 09:05 ч.", "2012-03-03T09:05"),
    ("bg", "3 май 2012 | 21:05", "2012-05-03T21:05"),
    ("sr", "субота, 3. март 2012. 09:05", "2012-03-03T09:05"),
    ("sr", "3. mart 2012. u 21:05", "2012-03-03T21:05"),
    ("hr", "subota, 3. ožujka 2012. u 09:05", "2012-03-03T09:05"),
    ("hr", "3. listopada 2012. 21:05", "2012-10-03T21:05"),
    ("sl", "3. marec 2012 ob 9.05", "2012-03-03T09:05"),
    ("mk", "3 март 2012", "2012-03-03"),
    ("sq", "3 mars 2012, 09:05", "2012-03-03T09:05"),
    ("el", "Σάββατο 3 Μαρτίου 2012, 09:05", "2012-03-03T09:05"),
    ("el", "Δημοσίευση: 3 Μαΐου 2012, 9:05 μ.μ.", "2012-05-03T21:05"),
    ("el", "03 ΜΑΡ 2012", "2012-03-03"),
    ("tr", "3 Mart 2012 Cumartesi, saat 09:05", "2012-03-03T09:05"),
    ("tr", "Giriş: 03.05.2012 - 21:05 Güncelleme: 04.05.2012 - 10:00", "2012-05-03T21:05"),
    ("tr", "3 KASIM 2012 21:05", "2012-11-03T21:05"),
    ("az", "3 mart 2012, 09:05", "2012-03-03T09:05"),
    ("sv", "Lördag 3 mars 2012 kl. 09.05", "2012-03-03T09:05"),
    ("sv", "Publicerad 3 maj 2012 kl 21:05, Uppdaterad 4 maj 2012 kl 10:00", "2012-05-03T21:05"),
    ("sv", "den 3 oktober 2012", "2012-10-03"),
    ("da", "lørdag d. 3. marts 2012 kl. 09.05", "2012-03-03T09:05"),
    ("da", "3. maj 2012, 21:05", "2012-05-03T21:05"),
    ("nb", "lørdag 3. mars 2012 kl. 09:05", "2012-03-03T09:05"),
    ("nb", "Publisert 3. des. 2012, kl. 21.05", "2012-12-03T21:05"),
    ("fi", "lauantaina 3. maaliskuuta 2012 klo 9.05", "2012-03-03T09:05"),
    ("fi", "Julkaistu 3.12.2012 klo 21:05", "2012-12-03T21:05"),
    ("fi", "3. toukokuuta 2012", "2012-05-03"),
    ("is", "laugardagur, 3. mars 2012 kl. 09:05", "2012-03-03T09:05"),
    ("et", "laupäev, 3. märts 2012, kell 9:05", "2012-03-03T09:05"),
    ("lv", "sestdiena, 2012. gada 3. marts, 09:05", "2012-03-03T09:05"),
    ("lt", "2012 m. kovo 3 d., šeštadienis, 09:05", "2012-03-03T09:05"),
    ("ca", "dissabte, 3 de març de 2012 a les 09:05", "2012-03-03T09:05"),
    ("ca", "3 d'agost de 2012", "2012-08-03"),
    ("gl", "3 de marzo de 2012", "2012-03-03"),
    ("eu", "2012ko martxoaren 3a", "2012-03-03"),
    ("ar", "السبت، 3 مارس 2012 - 09:05 ص", "2012-03-03T09:05"),
    ("ar", "٣ مارس ٢٠١٢، ٩:٠٥ مساءً", "2012-03-03T21:05"),
    ("ar", "السبت 3 آذار/مارس 2012 21:05 بتوقيت غرينتش", "2012-03-03T21:05+00:00"),
    ("ar", "3 تشرين الثاني 2012", "2012-11-03"),
    ("ar", "آخر تحديث: 3 أيار 2012", "2012-05-03"),
    ("ar", "السبت 10 ربيع الآخر 1433هـ - 3 مارس 2012م", "2012-03-03"),
    ("ar", "3 جانفي 2012", "2012-01-03"),
    ("fa", "شنبه ۳ مارس ۲۰۱۲ ساعت ۹:۰۵", "2012-03-03T09:05"),
    ("fa", "۱۳ اسفند ۱۳۹۰", "2012-03-03"),
    ("fa", "۱۳۹۰/۱۲/۱۳ ۰۹:۰۵", "2012-03-03T09:05"),
    ("he", "יום שבת, 3 במרץ 2012, 09:05", "2012-03-03T09:05"),
    ("he", "פורסם: 03.05.12, 21:05", "2012-05-03T21:05"),
    ("ur", "3 مارچ 2012", "2012-03-03"),
    ("hi", "शनिवार, 3 मार्च 2012, 09:05", "2012-03-03T09:05"),
    ("hi", "अपडेटेड 03 मई 2012 21:05 IST", "2012-05-03T21:05+05:30"),
    ("bn", "৩ মার্চ ২০১২, ০৯:০৫", "2012-03-03T09:05"),
    ("th", "3 มีนาคม 2555 เวลา 09:05 น.", "2012-03-03T09:05"),
    ("th", "3 มี.ค. 2555", "2012-03-03"),
    ("id", "Sabtu, 03 Maret 2012 | 09:05 WIB", "2012-03-03T09:05+07:00"),
    ("id", "3 Mei 2012 pukul 21.05", "2012-05-03T21:05"),
    ("ms", "3 Mac 2012, 9:05 pm", "2012-03-03T21:05"),
    ("vi", "Thứ Bảy, ngày 03/03/2012 - 09:05", "2012-03-03T09:05"),
    ("vi", "3 tháng 3, 2012 lúc 21 giờ 05", "2012-03-03T21:05"),
    ("vi", "Cập nhật: 3 tháng Năm 2012", "2012-05-03"),
    ("zh", "2012年3月3日 星期六 上午09:05", "2012-03-03T09:05"),
    ("zh", "发布时间：2012-03-03 21:05", "2012-03-03T21:05"),
    ("zh", "二〇一二年三月三日", "2012-03-03"),
    ("zh", "民國101年3月3日", "2012-03-03"),
    ("zh", "2012年3月", "2012-03"),
    ("ja", "2012年3月3日(土) 9時05分", "2012-03-03T09:05"),
    ("ja", "平成24年3月3日 午後9時5分", "2012-03-03T21:05"),
    ("ja", "公開日時 2012/3/3 21:05 更新 2012/3/4 10:00", "2012-03-03T21:05"),
    ("ko", "2012년 3월 3일 토요일 오전 9시 5분", "2012-03-03T09:05"),
    ("ko", "입력 2012.03.03 21:05 수정 2012.03.04 10:00", "2012-03-03T21:05"),
    ("ka", "3 მარტი 2012", "2012-03-03"),
    ("hy", "3 մարտի 2012", "2012-03-03"),
    ("kk", "2012 жылғы 3 наурыз", "2012-03-03"),
    ("uz", "3-mart, 2012-yil", "2012-03-03"),
    ("sw", "3 Machi 2012", "2012-03-03"),
    ("af", "3 Maart 2012", "2012-03-03"),
]


def said(text: str, **known: object) -> str | None:
    found = parse_date(text, **known)  # type: ignore[arg-type]
    return str(found) if found else None


@pytest.mark.parametrize(("lang", "text", "expected"), BY_LANGUAGE)
def test_a_date_line_is_read_in_its_language(lang: str, text: str, expected: str | None) -> None:
    assert said(text, lang=lang) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [(t, e) for _, t, e in BY_LANGUAGE if e and any(c.isalpha() for c in t) and "listopad" not in t],
)
def test_a_date_with_words_needs_no_language(text: str, expected: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.date == expected[: len(found.date)] or found.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Comments",
        "Page 3 of 12",
        "Section 12.5.18",
        "v2.10.2018",
        "Version 3.4.2019",
        "Kapitel 3.4.2019",
        "Tel: 020 7946 0958",
        "Tel +49 30 12 03 2012",
        "Call 01-02-2012",
        "192.168.10.18",
        "12:30:45",
        "25:61",
        "$12.03.2012",
        "1,203,2012",
        "score 3-2-1",
        "10,000 people",
        "COVID-19",
        "9/11",
        "24/7",
        "50/50",
        "A4",
        "MH17",
        "31 February 2012",
        "2012-02-30",
        "32.01.2012",
        "00/00/0000",
        "0000-00-00",
        "World Cup 2018",
        "Vision 2030 plan",
        "2018 elections",
        "© 2018 Example Media",
        "Copyright 2012 All rights reserved",
        "1001 nights",
        "May the force be with you",
        "March on the capital",
        "Sat down",
        "Just now",
        "yesterday",
        "3 hours ago",
        "7 February",
        "Read 2 min",
        "5 min read",
        "Share on Facebook 12",
        "ISBN 978-3-16-148410-0",
        "Article 5",
        "Room 101",
        "F-16 jets",
        "1.5 million",
        "3.14",
        "G20 2018 summit",
        "Listen 12:34",
        "100%",
    ],
)
def test_what_is_not_certainly_a_date_is_none(text: str) -> None:
    assert parse_date(text, lang="en") is None


@pytest.mark.parametrize(
    ("text", "lang", "day_first", "expected", "ambiguous"),
    [
        ("03/04/2012", "en", None, "2012-03-04", True),
        ("03/04/2012", "en-GB", None, "2012-04-03", False),
        ("03/04/2012", "en-US", None, "2012-03-04", False),
        ("03/04/2012", "en", True, "2012-04-03", False),
        ("03/04/2012", "en", False, "2012-03-04", False),
        ("03/04/2012", "fr", None, "2012-04-03", False),
        ("03/04/2012", None, None, "2012-04-03", True),
        ("03/04/2012 9:05 PM", None, None, "2012-03-04", True),
        ("13/04/2012", None, None, "2012-04-13", False),
        ("04/13/2012", "fr", True, "2012-04-13", False),
        ("04/04/2012", None, None, "2012-04-04", False),
        ("03.04.2012", None, None, "2012-04-03", False),
        ("03/04/2012 9:05 EST", "en", None, "2012-03-04", False),
        ("Tuesday 03/04/2012", "en", None, "2012-04-03", False),
        ("Sunday, 03/04/2012", "en", None, "2012-03-04", False),
        ("2012/03/04", "en", True, "2012-03-04", False),
    ],
)
def test_order_of_day_and_month_is_certain_or_said_to_be_ambiguous(
    text: str, lang: str | None, day_first: bool | None, expected: str, ambiguous: bool
) -> None:
    found = parse_date(text, lang=lang, day_first=day_first)
    assert found is not None
    assert (found.date, found.ambiguous) == (expected, ambiguous)


def test_a_day_after_the_reference_shows_the_order() -> None:
    found = parse_date("03/12/2012", lang="en", reference="2012-10-01")
    assert found is not None
    assert (found.date, found.ambiguous) == ("2012-03-12", False)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "2 minutes ago", "2012-03-05T09:58"),
        ("en", "an hour ago", "2012-03-05T09:00"),
        ("en", "Updated 5 days ago", "2012-02-29"),
        ("en", "2 weeks ago", "2012-02-20"),
        ("en", "Yesterday at 21:05", "2012-03-04T21:05"),
        ("en", "Today, 9:05 a.m.", "2012-03-05T09:05"),
        ("en", "last Friday", "2012-03-02"),
        ("en", "Sunday 21:05", "2012-03-04T21:05"),
        ("en", "3 March", "2012-03-03"),
        ("en", "Dec 31, 21:05", "2011-12-31T21:05"),
        ("de", "vor 3 Stunden", "2012-03-05T07:00"),
        ("de", "gestern, 21:05 Uhr", "2012-03-04T21:05"),
        ("fr", "il y a 3 heures", "2012-03-05T07:00"),
        ("fr", "Hier à 21h05", "2012-03-04T21:05"),
        ("fr", "avant-hier", "2012-03-03"),
        ("es", "hace 3 horas", "2012-03-05T07:00"),
        ("it", "un'ora fa", "2012-03-05T09:00"),
        ("pt", "há 3 horas", "2012-03-05T07:00"),
        ("ru", "3 часа назад", "2012-03-05T07:00"),
        ("ru", "вчера в 21:05", "2012-03-04T21:05"),
        ("uk", "5 годин тому", "2012-03-05T05:00"),
        ("pl", "2 dni temu", "2012-03-03"),
        ("tr", "3 saat önce", "2012-03-05T07:00"),
        ("ar", "منذ 3 ساعات", "2012-03-05T07:00"),
        ("ar", "منذ ساعتين", "2012-03-05T08:00"),
        ("ar", "أمس 21:05", "2012-03-04T21:05"),
        ("fa", "۳ ساعت پیش", "2012-03-05T07:00"),
        ("he", "לפני 3 שעות", "2012-03-05T07:00"),
        ("hi", "3 घंटे पहले", "2012-03-05T07:00"),
        ("zh", "3小时前", "2012-03-05T07:00"),
        ("zh", "昨天 21:05", "2012-03-04T21:05"),
        ("ja", "3時間前", "2012-03-05T07:00"),
        ("ko", "3시간 전", "2012-03-05T07:00"),
        ("vi", "3 giờ trước", "2012-03-05T07:00"),
        ("id", "3 jam lalu", "2012-03-05T07:00"),
        ("sv", "för 3 timmar sedan", "2012-03-05T07:00"),
        ("fi", "3 tuntia sitten", "2012-03-05T07:00"),
        ("el", "πριν από 3 ώρες", "2012-03-05T07:00"),
        ("hu", "3 órája", None),
    ],
)
def test_relative_forms_count_from_the_reference(lang: str, text: str, expected: str | None) -> None:
    assert said(text, lang=lang, reference="2012-03-05T10:00+00:00") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29 Oct 2023 01:30 (Paris)", "+02:00"),
        ("29 Oct 2023 04:30 (Paris)", "+01:00"),
        ("1 July 2018 12:00 ET", "-04:00"),
        ("1 January 2018 12:00 ET", "-05:00"),
        ("1 July 2018 12:00 EST", "-05:00"),
        ("1 July 2018 12:00 (London)", "+01:00"),
        ("1 July 2018 12:00 London time", "+01:00"),
        ("1 July 1970 12:00 ET", None),
        ("1 July 2012 12:00 MSK", None),
        ("1 July 2018 12:00 GMT-3", "-03:00"),
        ("1 July 2018 12:00 UTC+05:45", "+05:45"),
        ("1 July 2018 12:00 GMT+0530", "+05:30"),
        ("2018-07-01T12:00:00.123Z", "+00:00"),
        ("2018-07-01T12:00:00-0300", "-03:00"),
        ("1 July 2018 12:00 et Jeanne", None),
        ("1 July 2018 12:00 ist es", None),
    ],
)
def test_a_zone_gives_the_offset_of_that_day_or_none(text: str, expected: str | None) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.time is not None
    assert found.offset == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Updated 4 March 2012; published 3 March 2012", "2012-03-03"),
        ("4 March 2012 (updated 5 March 2012)", "2012-03-04"),
        ("Updated 5 March 2012 | 4 March 2012", "2012-03-04"),
        ("3 March 2012 published, 4 March 2012 updated", "2012-03-03"),
        ("Last modified: 5 March 2012", "2012-03-05"),
    ],
)
def test_published_beats_bare_beats_updated(text: str, expected: str) -> None:
    assert said(text) == expected
