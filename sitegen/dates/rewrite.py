"""Scripts and phrases that the tokens cannot show, written as plain English dates.

Chinese, Japanese and Korean write dates without blanks, Arabic and Vietnamese name months with two
words, half-days have dots in them. Each rule is one linear pattern and what to write instead.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NEEDS_REWRITING = re.compile(
    r"[^\x00-\u036f\u0400-\u04ff]|\bth(?:á|a\u0301)ng|\bthg|à jour|il y a|avant-hier|\bhôm|\bbu gün"
    r"|\b[ap]\.\s?m\b|\b[pm]\.d\.|\([ea]\)|\d{6}[A-Z][A-Z]{3}\d|\bi (?:dag|går)",
    re.I,
)
_EN = ["", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
_HAN = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_THAI = {"นาที": "minutes", "ชั่วโมง": "hours", "วัน": "days", "สัปดาห์": "weeks"}
_VIETNAMESE = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]


def _han_number(text: str) -> str:
    """Return "二〇一八" as "2018" and "二十七" as "27"; what is no one number ("二三十", some) stays."""
    if "十" not in text:
        return "".join(_HAN[c] for c in text)
    tens, _, ones = text.partition("十")
    if not (tens in _HAN or not tens) or not (ones in _HAN or not ones):
        return text
    return (_HAN[tens] if tens else "1") + (_HAN[ones] if ones else "0")


def _month_name(number: str) -> str:
    return _EN[int(number)] if 1 <= int(number) <= 12 else "?"


def _vietnamese_month(words: str) -> str:
    tens, _, ones = words.rpartition(" ")
    return _month_name(str((10 if tens else 0) + _VIETNAMESE.index(ones) + 1))


def _full(m: re.Match[str]) -> str:
    return f" {m['y']} {_month_name(m['m'])} {m['d']} " if m["d"] else f" {_month_name(m['m'])} {m['y']} "


def _era(m: re.Match[str]) -> str:
    number = 1 if m["n"] == "元" else int(m["n"])
    return f"{_ERAS[m['e']] + number}年"


def _half_day(m: re.Match[str]) -> str:
    return f" {'am' if m['am'] else 'pm'} "


# (pattern, what to write instead), in this order; each pattern is linear.
_REWRITES = (
    ("invisible", _INVISIBLE, ""),
    ("half-day", re.compile(r"\b([ap])\.\s?m\b\.?", re.I), r"\1m"),
    ("half-day-greek", re.compile(r"\b(?:(?P<am>π)|μ)\.\s?μ\b\.?", re.I), _half_day),
    ("half-day-persian", re.compile(r"(?:(?P<am>ق)|ب)\.\s?ظ\b\.?"), _half_day),
    ("half-day-albanian", re.compile(r"\b(?:(?P<am>p)|m)\.d\.", re.I), _half_day),
    ("time-group", re.compile(r"\b(\d{6})([A-Z])([A-Z]{3})(?=\d)"), r"\1 \2 \3 "),
    ("basque", re.compile(r"(?<=\d)\([ea]\)(?:ko)?"), ""),
    ("french-updated", re.compile(r"\bmise? à jour\b", re.I), "updated"),
    ("french-ago", re.compile(r"\bil y a\b", re.I), "geleden"),
    ("day-before-yesterday", re.compile(r"\bavant-hier\b", re.I), "vorgestern"),
    ("today", re.compile(r"\bi dag\b|\bbu gün\b|\bhôm nay\b|今天|今日|오늘", re.I), " today "),
    ("yesterday", re.compile(r"\bi går\b|\bhôm qua\b|昨天|昨日|어제", re.I), " yesterday "),
    ("apostrophe-today", re.compile(r"\baujourd['’]hui\b", re.I), "today"),
    (
        "thai-short",
        re.compile(r"(?<=[\u0e01-\u0e4e])\.(?=[\u0e01-\u0e2e]|\s?\d)"),
        "",
    ),
    ("thai-era", re.compile(r"(?<=\s)[คพ]ศ(?=\s)"), ""),
    (
        "thai-ago",
        re.compile(r"(นาที|ชั่วโมง|วัน|สัปดาห์)\s?(?:ที่ผ่านมา|ที่แล้ว|ก่อน)"),
        lambda m: f" {_THAI[m[1]]} geleden ",
    ),
    ("thai-on", re.compile(r"ที่(?=\s?\d)"), " "),
    ("arabic-january", re.compile(r"كانون الثان[يى]"), "jan"),
    ("arabic-december", re.compile(r"كانون ال[أا]ول"), "dec"),
    ("arabic-october", re.compile(r"تشرين ال[أا]ول"), "oct"),
    ("arabic-november", re.compile(r"تشرين الثان[يى]"), "nov"),
    ("arabic-era", re.compile(r"(?<=\d{4})\s?[مه]ـ?(?!\w)"), " "),
    (
        "vietnamese-month",
        re.compile(r"\bth(?:á?ng?|g)\.?\s(\d{1,2})\b", re.I),
        lambda m: f" {_month_name(m[1])} ",
    ),
    (
        "vietnamese-month-word",
        re.compile(rf"\btháng ((?:mười )?(?:{'|'.join(_VIETNAMESE)}))\b", re.I),
        lambda m: f" {_vietnamese_month(m[1].lower())} ",
    ),
    (
        "han-number",
        re.compile(r"[〇零一二三四五六七八九十]{1,4}(?=\s?[年月日號号])"),
        lambda m: _han_number(m[0]),
    ),
    ("era-beside", re.compile(r"(?<=年)\s?[(（](?:令和|平成|昭和)(?:\d{1,2}|元)年?[)）]"), ""),
    ("era", re.compile(rf"(?P<e>{'|'.join(_ERAS)})\s?(?P<n>\d{{1,3}}|元)\s?年"), _era),
    (
        "year-month-day",
        re.compile(r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?:\s?(?P<d>\d{1,2})\s?[日일號号]?)?"),
        _full,
    ),
    (
        "month-day",
        re.compile(r"(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일號号]"),
        lambda m: f" {_month_name(m[1])} {m[2]} ",
    ),
    (
        "clock",
        re.compile(
            r"(\d{1,2})\s?(?:(?:時(?!間)|时(?!间)|[点點])|시(?!간))\s?(?:(\d{1,2})\s?[分분])?(?:\s?\d{1,2}\s?[秒초])?"
        ),
        lambda m: f" {m[1]}:{(m[2] or '0').zfill(2)} ",
    ),
    (
        "half-day-han",
        re.compile(r"(?P<am>上午|午前|凌晨|早上|清晨|오전|새벽)|下午|午後|晚上|中午|傍晚|오후|저녁|밤"),
        _half_day,
    ),
    ("updated", re.compile(r"更新|修正|修改|수정|업데이트"), " updated "),
    (
        "published",
        re.compile(
            r"发布|發布|发表|發表|公開|掲載|配信|投稿|发稿|刊登|发表|입력|등록|작성|게재|승인|발행|송고"
        ),
        " published ",
    ),
    ("date-label", re.compile(r"[日时]期|时间|時間(?!前)|日時|최종|기사|일시|日付|날짜"), " "),
    ("minutes-ago", re.compile(r"(\d{1,3})\s?(?:分钟前|分鐘前|分前|분\s?전)"), r" \1 minutes ago "),
    ("hours-ago", re.compile(r"(\d{1,3})\s?(?:小时前|小時前|時間前|시간\s?전)"), r" \1 hours ago "),
    ("days-ago", re.compile(r"(\d{1,3})\s?(?:天前|日前|일\s?전)"), r" \1 days ago "),
    ("weeks-ago", re.compile(r"(\d{1,3})\s?(?:周前|週間前|週前|주\s?전)"), r" \1 weeks ago "),
    ("weekday-han", re.compile(r"(?:星期|周|週|礼拜|禮拜)(?:[一二三四五六日天])"), " "),
    (
        "weekday",
        re.compile(
            r"[日月火水木金土]曜日?|[일월화수목금토]요일|(?<=[(（])[日月火水木金土일월화수목금토](?=[)）])"
        ),
        " ",
    ),
)
_WIDE = {
    ord("："): ":",
    ord("．"): ".",
    ord("／"): "/",
    ord("－"): "-",
    ord("，"): ",",
    ord("（"): "(",
    ord("）"): ")",
    ord("　"): " ",
    ord("\u00a0"): " ",
    ord("\u202f"): " ",
    ord("\u2009"): " ",
}


def rewritten(text: str) -> str:
    """Return the text with every rule applied; most strings need none and come back as they are."""
    if not _NEEDS_REWRITING.search(text):
        return text
    text = text.translate(_WIDE)
    for _, pattern, instead in _REWRITES:
        text = pattern.sub(instead, text)
    return text
