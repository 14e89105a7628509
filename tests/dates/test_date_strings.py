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


# Bylines, labels, lost blanks, two dates, odd orders.
BY_HABIT = [
    ("de", "Von Jane Doe|23.01.2020, 12:34 Uhr", "2020-01-23T12:34"),
    ("de", "geschrieben von Jane am 12. Mai 2017", "2017-05-12"),
    ("de", "7 Kommentare / 12. Mai 2017", "2017-05-12"),
    ("de", "12.Mai 2017", "2017-05-12"),
    ("de", "12Mai2017", "2017-05-12"),
    ("de", "Mai 12, 2017", "2017-05-12"),
    ("de", "12. Mai 17", "2017-05-12"),
    ("de", "Di 12.05.2017 | 10:30", "2017-05-12T10:30"),
    ("de", "08.11.2023–12:34", "2023-11-08T12:34"),
    ("de", "Jane Doe 12.05.17 10:30", "2017-05-12T10:30"),
    ("de", "Berlin | 12.05.17", "2017-05-12"),
    ("de", "Dossier vom 12.5.17", "2017-05-12"),
    ("de", "02.11.2023, 11:08 Uhr | dpa", "2023-11-02T11:08"),
    ("de", "am 12.05.2017 um 10:30 von Jane Doe", "2017-05-12T10:30"),
    ("de", "dpa | 12.05.2017 - 10.30 Uhr", "2017-05-12T10:30"),
    ("de", "Letztes Update am 12.5.2017 - 10:30", "2017-05-12T10:30"),
    ("en", "Published 2:39 PM EDT, Wed November 1, 2023", "2023-11-01T14:39-04:00"),
    ("en", "Nov. 1, 2023, 5:00 AM UTC / Updated Nov. 1, 2023, 2:00 PM UTC", "2023-11-01T05:00+00:00"),
    ("en", "Updated Thu, November 2, 2023 at 11:08 AM EDT·3 min read", "2023-11-02T11:08-04:00"),
    ("en", "Thu, Nov 2, 2023, 11:08 AM EDT 3 min read", "2023-11-02T11:08-04:00"),
    ("en", "November 2, 2023 / 11:08 AM EDT / CBS News", "2023-11-02T11:08-04:00"),
    ("en", "2023-11-02 (Thu)", "2023-11-02"),
    ("vi", "Tháng Mười Một 2, 2023", "2023-11-02"),
    ("it", "02 Novembre 2023 h 11.08", "2023-11-02T11:08"),
    ("en", "8 Nov 2023–1:05pm AEDT", "2023-11-08T13:05+11:00"),
    ("en", "Nov 02 2023", "2023-11-02"),
    ("en", "Thursday,November 2,2023", "2023-11-02"),
    ("en", "02/Nov/23", "2023-11-02"),
    ("en", "071958ZFEB18", "2018-02-07T19:58+00:00"),
    ("en", "071958Z FEB 2018", "2018-02-07T19:58+00:00"),
    ("en", "072258C FEB 18", "2018-02-07T22:58+03:00"),
    ("en", "Wed, 7 Feb 2018 19:58:00 +0000 (UTC)", "2018-02-07T19:58+00:00"),
    ("en", "Wed, 07 Feb 2018 22:58:00 +0300", "2018-02-07T22:58+03:00"),
    ("en", "20180207T1958Z", "2018-02-07T19:58+00:00"),
    ("en", "20180207", "2018-02-07"),
    ("en", "20180207195800", "2018-02-07T19:58"),
    ("en", "2018-02-07 19:58 UTC+3", "2018-02-07T19:58+03:00"),
    (
        "en",
        "Published: 22:58 GMT, 7 February 2018 | Updated: 10:12 GMT, 8 February 2018",
        "2018-02-07T22:58+00:00",
    ),
    ("en", "PUBLISHED: 22:58, Wed, Feb 7, 2018", "2018-02-07T22:58"),
    ("en", "Source: Xinhua| 2018-02-08 08:15:32|Editor: Li", "2018-02-08T08:15"),
    ("en", "For Immediate Release Wednesday, February 7, 2018", "2018-02-07"),
    ("en", "By: Express Web Desk | New Delhi | Updated: Feb 7, 2018 10:58 PM", "2018-02-07T22:58"),
    ("en", "Wed, 07 Feb 2018-10:58 pm , IST", "2018-02-07T22:58+05:30"),
    ("en", "Updated March 1, 2018 — First published February 7, 2018", "2018-02-07"),
    ("en", "Spring 2018 issue", "2018"),
    ("en", "2018-02", "2018-02"),
    ("en", "02/2018", "2018-02"),
    ("en", "Feb. 2018", "2018-02"),
    ("en", "0105 hrs, 8 Feb 2018", "2018-02-08T01:05"),
    ("en", "1958 hours 7 Feb 2018", "2018-02-07T19:58"),
    ("en", "8 February 2018 at 0105 GMT", "2018-02-08T01:05+00:00"),
    ("en", "8 Feb 2018 1:05 p.m", "2018-02-08T13:05"),
    ("en", "8 Feb 2018 1pm", "2018-02-08T13:00"),
    ("en", "Feb 8 2018 13.05hrs", "2018-02-08T13:05"),
    ("en", "Thursday, 8 Feb, 2018", "2018-02-08"),
    ("en", "Thursday, Feb. 8th 2018 7:15 a.m. MST", "2018-02-08T07:15-07:00"),
    ("en", "8th Feb '18", "2018-02-08"),
    ("en", "8.2.18", "2018-02-08"),
    ("en", "8-2-2018", "2018-08-02"),
    ("en", "2018.2.8", "2018-02-08"),
    ("en", "on 08 February 2018", "2018-02-08"),
    ("en", "Date: 08 February 2018", "2018-02-08"),
    ("en", "Last edited on 8 February 2018, at 13:05", "2018-02-08T13:05"),
    ("en", "Posted on 8 February 2018Author Jane Doe", "2018-02-08"),
    ("en", "8 February 2018Jane Doe", "2018-02-08"),
    ("de", "28. Mai 201914. Juni 2020 | Jane Doe", "2019-05-28"),
    ("en", "By Jane Doe08/13/2020May 22nd, 20253 Comments", "2020-08-13"),
    ("en", "May 12, 2019June 2, 2019", "2019-05-12"),
    ("en", "2019 • 05 • 28", "2019-05-28"),
    ("en", "Jane Doe8 February 2018", "2018-02-08"),
    ("en", "February 8, 2018By Jane Doe", "2018-02-08"),
    ("en", "NewsFebruary 8, 2018", "2018-02-08"),
    ("en", "February 8, 201812:30 pm", "2018-02-08T12:30"),
    ("en", "10:30amFebruary 8, 2018", "2018-02-08T10:30"),
    ("en", "Thu08Feb2018", "2018-02-08"),
    ("en", "February 8, 2018, 10:30 AM (UTC)", "2018-02-08T10:30+00:00"),
    (
        "en",
        "February 8, 2018, 10:30 AM EST (Updated: February 9, 2018, 9:00 AM EST)",
        "2018-02-08T10:30-05:00",
    ),
    ("en", "10:30, February 8, 2018 (UTC+8)", "2018-02-08T10:30"),
    ("en", "Feb 8, 2018 14:30 KST", "2018-02-08T14:30+09:00"),
    ("en", "Feb 8, 2018 6:30 pm TSI", "2018-02-08T18:30"),
    ("en", "2018 February 8", "2018-02-08"),
    ("en", "2018, Feb 8", "2018-02-08"),
    ("en", "February 7-8, 2018", "2018-02"),
    ("en", "7-8 February 2018", "2018-02"),
    ("en", "https://example.org/2018/02/07/title", "2018-02-07"),
    ("fr", "AFP , 1 nov. 2023 17:30 CET", "2023-11-01T17:30+01:00"),
    (
        "fr",
        "Par Le Monde avec AFP Publié le 07 février 2018 à 22h58 - Mis à jour le 08 février 2018 à 10h12",
        "2018-02-07T22:58",
    ),
    ("fr", "7 FÉVRIER 2018 - 22H58", "2018-02-07T22:58"),
    ("fr", "07.02.18 | 22h58", "2018-02-07T22:58"),
    ("fr", "mercredi 7 février 2018 22:58", "2018-02-07T22:58"),
    ("es", "7 feb. 2018 - 22:58 UTC", "2018-02-07T22:58+00:00"),
    ("es", "Publicado: 7 feb 2018 22:58 GMT", "2018-02-07T22:58+00:00"),
    ("es", "07/02/2018 a las 22:58hs.", "2018-02-07T22:58"),
    ("es", "7 de febrero, 2018", "2018-02-07"),
    ("es", "Febrero 7, 2018 10:58 pm", "2018-02-07T22:58"),
    ("pt", "07 de fevereiro de 2018 | 22h58", "2018-02-07T22:58"),
    ("pt", "07.fev.2018 às 22h58", "2018-02-07T22:58"),
    ("pt", "7 FEV 2018, 22:58", "2018-02-07T22:58"),
    ("it", "7 feb 2018 - 22:58", "2018-02-07T22:58"),
    ("it", "Mer, 07/02/2018 - 22:58", "2018-02-07T22:58"),
    ("ru", "7 фев 2018 в 22:58", "2018-02-07T22:58"),
    ("ru", "22:58 | 7 февраля 2018", "2018-02-07T22:58"),
    ("ru", "07/02/2018 22:58", "2018-02-07T22:58"),
    ("ru", "7 Февраля 2018, среда", "2018-02-07"),
    ("pl", "07.02.2018, godz. 22:58", "2018-02-07T22:58"),
    ("tr", "07 Şubat 2018 22:58 (GMT+03:00)", "2018-02-07T22:58+03:00"),
    ("ar", "07 فبراير 2018 الساعة 22:58", "2018-02-07T22:58"),
    ("ar", "تاريخ النشر: 07.02.2018 | 22:58 GMT", "2018-02-07T22:58+00:00"),
    ("ar", "7-2-2018 | 10:58 مساء", "2018-02-07T22:58"),
    ("ar", "الأربعاء 07/فبراير/2018 - 10:58 م", "2018-02-07T22:58"),
    ("fa", "چهارشنبه ۱۸ بهمن ۱۳۹۶ - ۲۲:۵۸", "2018-02-07T22:58"),
    ("zh", "2018-02-07 22:58 来源：新华网", "2018-02-07T22:58"),
    ("zh", "2018年02月07日22:58", "2018-02-07T22:58"),
    ("zh", "2018-2-7 22:58:00", "2018-02-07T22:58"),
    ("ja", "2018年2月7日 22:58 JST", "2018-02-07T22:58+09:00"),
    ("ja", "2018.2.7 WED", "2018-02-07"),
    ("ja", "［2018年2月7日22時58分］", "2018-02-07T22:58"),
    ("ko", "2018-02-07 22:58 송고", "2018-02-07T22:58"),
    ("ko", "기사입력 2018.02.07 오후 10:58", "2018-02-07T22:58"),
    ("ko", "2018/02/07 22:58", "2018-02-07T22:58"),
    ("el", "07.02.2018 • 22:58", "2018-02-07T22:58"),
    ("el", "Τετάρτη, 07 Φεβρουαρίου 2018 22:58", "2018-02-07T22:58"),
    ("he", "7 בפברואר 2018 בשעה 22:58", "2018-02-07T22:58"),
    ("hi", "Updated Wed, 07 Feb 2018 10:58 PM IST", "2018-02-07T22:58+05:30"),
    ("sv", "2018-02-07 kl. 22.58", "2018-02-07T22:58"),
    ("fi", "7.2.2018 22.58", "2018-02-07T22:58"),
    ("fi", "7.2. klo 22:58", None),
    ("cs", "7. 2. 2018 22:58", "2018-02-07T22:58"),
    ("cs", "7. únor 2018", "2018-02-07"),
    ("sk", "07.02.2018 22:58", "2018-02-07T22:58"),
    ("hu", "2018. 02. 07. 22:58", "2018-02-07T22:58"),
    ("ro", "07.02.2018, 22:58", "2018-02-07T22:58"),
    ("bg", "07.02.2018 г., 22:58 ч.", "2018-02-07T22:58"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), BY_HABIT)
def test_a_date_is_read_among_what_stands_beside_it(lang: str, text: str, expected: str | None) -> None:
    assert said(text, lang=lang) == expected


# Counted from noon of 8 February 2018, a Thursday.
FROM_A_THURSDAY = [
    ("en", "7 FEB, 22:58", "2018-02-07T22:58"),
    ("en", "two days ago", "2018-02-06"),
    ("en", "3h ago", "2018-02-08T09:00"),
    ("en", "2d ago", "2018-02-06"),
    ("en", "30 seconds ago", "2018-02-08T11:59"),
    ("en", "this morning", None),
    ("en", "Tuesday", "2018-02-06"),
    ("en", "on Tuesday", "2018-02-06"),
    ("de", "07.02., 22:58 Uhr", "2018-02-07T22:58"),
    ("fr", "07/02 à 22h58", "2018-02-07T22:58"),
    ("en", "1 week ago", "2018-02-01"),
    ("en", "last week", None),
    ("en", "Wed 7 Feb", "2018-02-07"),
    ("en", "a day ago", "2018-02-07"),
    ("en", "Posted 5 mins ago", "2018-02-08T11:55"),
    ("en", "12 hrs ago", "2018-02-08T00:00"),
    ("en", "yesterday 10.58pm", "2018-02-07T22:58"),
    ("en", "Updated 1:05 p.m., Feb 7", "2018-02-07T13:05"),
    ("ru", "Сегодня, 09:15", "2018-02-08T09:15"),
    ("ru", "7 февраля, 22:58", "2018-02-07T22:58"),
    ("de", "heute, 09:15 Uhr", "2018-02-08T09:15"),
    ("de", "Mittwoch, 22:58 Uhr", "2018-02-07T22:58"),
    ("es", "ayer a las 22:58", "2018-02-07T22:58"),
    ("en", "now", None),
    ("en", "Today", "2018-02-08"),
    ("en", "last Thursday", "2018-02-01"),
    ("en", "Thursday", "2018-02-08"),
    ("en", "one hour ago", "2018-02-08T11:00"),
    ("en", "about 3 hours ago", "2018-02-08T09:00"),
    ("en", "3 months ago", None),
]


@pytest.mark.parametrize(("lang", "text", "expected"), FROM_A_THURSDAY)
def test_a_day_without_a_year_is_the_latest_one(lang: str, text: str, expected: str | None) -> None:
    assert said(text, lang=lang, reference="2018-02-08T12:00+00:00") == expected


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


def test_a_clock_beside_a_compact_date_is_read_only_where_it_is_whole() -> None:
    assert (found := parse_date("20180207, 22:58"))
    assert found.date == "2018-02-07"
    assert (found := parse_date("20180207T2258"))
    assert (found.date, found.time) == ("2018-02-07", "22:58")
    assert (found := parse_date("۲۰۱۸۰۲۰۷۲۲۵۸۰۰"))
    assert found.time == "22:58"


def test_some_twenty_or_thirty_years_are_no_date() -> None:
    assert parse_date("二三十年前，这里有渡轮。") is None


def test_an_offset_of_ninety_nine_minutes_is_none() -> None:
    assert (found := parse_date("2018-02-07 22:58 +05:99"))
    assert found.offset is None
