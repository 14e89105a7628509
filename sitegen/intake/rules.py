"""What may stand inside an article's run of blocks and is no text of it; rules as data.

Each rule is a name (the reason that `dropped` gives) and a test of one block. They look only at
blocks that the line model has kept, in order; the first that fits decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sitegen.intake import browser
from sitegen.intake.block import Block
from sitegen.intake.words import category, furniture
from sitegen.model import Related
from sitegen.text import squeeze

_ICONS = re.compile(r"icon", re.I)
_TIME = re.compile(r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:\s*/\s*(?:\d{1,2}:)?\d{1,3}:\d{2})?")
_READ_MORE = re.compile(
    r"\W{0,3}(?:read (?:more|also|next|this)|also read|see also|more on this(?: story)?"
    r"|related(?: articles?| stories| story)?"
    r"|recommended(?: for you| reading)?|don't miss|watch(?: more| also)?"
    r"|you may (?:also )?like|further reading"
    r"|mehr zum thema|mehr dazu|lesen sie (?:auch|mehr|hier)|lesen sie dazu|siehe auch|auch interessant"
    r"|(?:à |a )?lire (?:aussi|également)|voir aussi|à lire|sur le même sujet"
    r"|(?:lea|lee|leer|ver|vea) (?:también|más)|te puede interesar|le puede interesar|más información"
    r"|leggi anche|vedi anche|leia (?:também|mais)|veja também|lees ook"
    r"|читайте также|читать также|смотрите также|материалы по теме|по теме|подробнее"
    r"|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضاً|شاهد أيضا|اقرأ المزيد"
    r"|相关阅读|相关新闻|延伸阅读|阅读更多|推荐阅读|関連記事|あわせて読みたい|こちらもおすすめ)"
    r"\s*(?:[:：>»→|–—-]+)\s*(\S.*)",
    re.I,
)
_PROMPT = re.compile(
    r"(?:^|\b)(?:share (?:this|it|your)|follow us|like us|subscribe|sign up|join (?:our"
    r"|the) (?:newsletter|mailing)"
    r"|our newsletter|on (?:twitter|facebook|instagram|telegram)|your friends|download our app"
    r"|jetzt abonnieren"
    r"|newsletter|abonnez-vous|suivez-nous|suscríbe|síguenos|подписывайтесь|подпишитесь"
    r"|поделитесь|поделиться|تابعونا"
    r"|اشترك|شارك|关注我们|扫描二维码|フォロー(?:して|する)|メルマガ)",
    re.I,
)
_CREDIT = re.compile(
    r"[(\[]?\s*(?:photo(?:graph)?s?(?: credits?| by|:)|image(?: credits?| source| by|:)"
    r"|picture(?:s by|:)|credits?:|©\s*\D"
    r"|foto:|fotos:|bild:|bildquelle|crédit(?:s)? ?(?:photo|:)|photo ?:|imagen:|fotograf[ií]a:"
    r"|foto ?di |фото:|фото ?©|صورة:|图片来源|图:"
    r"|写真:|写真提供|撮影)",
    re.I,
)
_AGENCY = re.compile(r".{0,80}/ ?(?:getty images|reuters|afp|ap photo|epa|dpa|ap)\W*$", re.I)
_SENT = re.compile(
    r"(?:shared|sent) (?:from|via|with|using)\b|get the .{1,40} app\b"
    r"|geteilt (?:aus|mit|über)|gesendet (?:von|mit) |partagé depuis|envoyé (?:de|depuis) "
    r"|compartido desde|enviado desde|condiviso da|inviato da"
    r"|отправлено (?:из|с)\b|تمت المشاركة|أُ?رسلت? من|来自.{1,20}客户端|发自我的|.{1,20}アプリから",
    re.I,
)
_LABEL_BELOW = re.compile(
    r"(?:tags?|topics?|keywords?|labels?|filed (?:under|in)|schlagw(?:ö|oe)rter|stichworte|themen"
    r"|mots[- ]clés|étiquettes|etiquetas|temas|palabras clave|parole chiave"
    r"|теги|метки|темы|ключевые слова|标签|標籤|タグ)\s*[:：]"
    r"|(?:more (?:from|on|in|about|by)|mehr (?:von|aus|zu)|plus d['’e]|más de|altro da|ещё (?:от|из|по))\b",
    re.I,
)
_PAYWALL = re.compile(
    r"to (?:continue|keep) reading|(?:subscribe|log in|sign in|register) to (?:read|continue|unlock|view)"
    r"|this (?:article|content|story) is (?:for|only|reserved|exclusive)|subscribers only"
    r"|already a subscriber|continue reading with"
    r"|(?:unlock|read) the (?:full|whole) (?:article|story) (?:with|by)"
    r"|\d+ free articles? (?:left|remaining)|(?:start|with) (?:a|your) free trial"
    r"|weiterlesen mit|nur für abonnenten|bereits abonnent|réservée? aux abonnés|il vous reste"
    r"|pour lire la suite|lesen sie weiter mit"
    r"|para seguir leyendo|exclusivo para suscriptores|только для подписчиков|للمشتركين فقط"
    r"|続きを読むには|有料会員限定|订阅后",
    re.I,
)
# what is in any text that one of the expressions above finds
_LEADS_ON = re.compile("[:：>»→|–—-]")
_PROMPTS = (
    """
share |follow us|like us|subscribe|sign up|join |newsletter|twitter|facebook|instagram|telegram|your friends
our app|jetzt abonnieren|abonnez-vous|suivez-nous|suscríbe|síguenos|подписывайтесь|подпишитесь|поделит
تابعونا|اشترك|شارك|关注我们|扫描二维码|フォロー|メルマガ
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
_WALLS = (
    """
reading|subscribe|log in|sign in|register|this |free |free trial|full |whole |weiterlesen|abonn|il vous reste
pour lire|lesen sie weiter|seguir leyendo|suscriptores|подписчиков|للمشتركين|続きを読む|有料会員|订阅后
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
_BUTTONS = re.compile(r"(?:\(BUTTON\)|\[[ _xX*]\]|\([_ *]\)|[_\s]|IFRAME: \S+(?!\S))+")
_RIGHTS = re.compile(r"(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:19|20)\d\d", re.I)
_LONGEST_LINE = 300  # characters of a line of furniture
_NOT_WORDS = re.compile(r"[\W_]*")


class Place(NamedTuple):
    """Where a block stands: its number among the kept ones, the kept ones, the first with each text."""

    at: int
    block: Block
    kept: Sequence[Block]
    texts: dict[str, int]


def is_icon_names(place: Place) -> bool:
    """An icon font's or a sprite's names run together: "icon bookmark-bicon cameraicon"."""
    text = place.block.text
    icons = text.lower().count("icon")
    return icons >= 3 and icons >= len(text.split()) // 4


def is_player_time(place: Place) -> bool:
    """What a player leaves: "0:00", "24:55", "0:00 / 3:21"."""
    if not _TIME.fullmatch(place.block.text):
        return False
    # the hours of a live blog stand between its texts; a player's times in pairs, or at the end
    near = (place.at - 1, place.at + 1)
    beside = any(0 <= at < len(place.kept) and _TIME.fullmatch(place.kept[at].text) for at in near)
    return beside or place.at == len(place.kept) - 1 or set(place.block.text) <= set("0: /")


def is_marks_only(place: Place) -> bool:
    """A line without a letter or figure."""
    return place.block.kind not in ("image", "code") and bool(_NOT_WORDS.fullmatch(place.block.text))


def is_read_more(place: Place) -> bool:
    """A "read more: TITLE" line; the title goes to `related`."""
    return len(place.block.text) < 300 and _reads_more(place.block.text)


def _reads_more(text: str) -> bool:
    return _LEADS_ON.search(text) is not None and _READ_MORE.match(text) is not None


def is_prompt(place: Place) -> bool:
    """A short request to share, follow or subscribe, at the end of the run or said like one."""
    text = place.block.text
    if len(text) > 160 or not _says(_PROMPTS, text) or (words := len(text.split())) > 18:
        return False
    if not _PROMPT.search(text):
        return False
    return category(text) in ("share", "subscribe") or text.endswith(("!", "！", ":")) or words <= 8


def is_sent(place: Place) -> bool:
    """What an app or a phone adds below a text that it sends: "Shared from the NAME app"."""
    last = place.at >= len(place.kept) - 2
    return last and len(place.block.text) < 100 and bool(_SENT.match(place.block.text))


def is_furniture(place: Place) -> bool:
    """A line that is nothing but a phrase of menus, players, galleries or notices."""
    block = place.block
    if len(block.text) > 60 or block.kind in ("code", "table"):
        return False
    kind = furniture(block.text)
    if kind is None:
        return False
    if block.kind == "heading" or block.text.endswith((":", ".", "?", "：")):
        return kind in ("advertisement", "related", "comments", "share", "subscribe")
    return True


def is_credit(place: Place) -> bool:
    """A caption's credit: "Photo: NAME", "© NAME / Reuters"."""
    text = place.block.text
    if len(text) >= 200 or place.block.kind == "heading":
        return False
    return bool(_CREDIT.match(text) or ("/" in text and _AGENCY.match(text)))


def is_label_below(place: Place) -> bool:
    """A line below the text that names its tags, or stands over a list of other articles."""
    text = place.block.text
    near_end = place.at >= len(place.kept) - 3
    return near_end and len(text) < 160 and text[-1:] not in ".!?…。" and bool(_LABEL_BELOW.match(text))


def is_rights(place: Place) -> bool:
    """A line that says whose the rights are."""
    return len(place.block.text) < 250 and bool(_RIGHTS.match(place.block.text))


def is_repeated(place: Place) -> bool:
    """A paragraph that stood in the run before.

    A page's tables, plans and interviews say short lines again and again; there only what is long,
    or stands right above, is the same thing twice (0.3 points of F1: tests/benchmarks/extraction.py).
    """
    text, block = place.block.text, place.block
    first = place.texts.get(text, place.at)
    if len(text) <= 24 or block.kind in ("code", "table") or first == place.at:
        return False
    return block.markup is None or len(text) > 200 or place.at - first == 1


def _says(signs: Sequence[str], text: str) -> bool:
    """Tell whether any of the signs is in a text: quicker than the expression that needs one of them."""
    low = text.lower()
    return any(map(low.__contains__, signs))


def certain_reasons(blocks: Sequence[Block]) -> list[str | None]:
    """Return for each block the reason why it is no text whatever stands around it, or None.

    Asked before the line model, which must not see such lines: it would take what stands below
    "READ MORE: TITLE" for a list of other articles.
    """
    has_icons = "icon" in "\n".join([block.text for block in blocks]).lower()
    return [block.reason or _certain(block, has_icons) for block in blocks]


def _certain(block: Block, has_icons: bool) -> str | None:
    text = block.text
    if block.kind in ("code", "image"):
        return None
    if has_icons and (len(text) <= 2000 or _ICONS.search(text[:40])):
        icons = text.lower().count("icon")
        if icons >= 4 and icons >= len(text.split()) // 4:
            return "icon-names"
    if len(text) > 300:
        return None
    if _reads_more(text):
        return "read-more"
    if (text[:1] in "([_I" and _BUTTONS.fullmatch(text)) or text.startswith("IFRAME: http"):
        return "form"
    if block.markup is None and browser.stands_alone(text):
        return "picture" if browser.is_pictures(text) else "form"
    if len(text) < 40 and furniture(text) == "advertisement":
        return "advertisement"
    return None


RULES: tuple[tuple[str, Callable[[Place], bool]], ...] = (
    ("icon-names", is_icon_names),
    ("player", is_player_time),
    ("marks-only", is_marks_only),
    ("read-more", is_read_more),
    ("prompt", is_prompt),
    ("sent-with", is_sent),
    ("credit", is_credit),
    ("label-below", is_label_below),
    ("rights", is_rights),
    ("furniture", is_furniture),
    ("repeated", is_repeated),
)


_FOR_ANY_LENGTH = ("icon-names", "marks-only", "repeated")
# rules that find nothing in a text without any of these, in lower case
_SIGNS: Mapping[str, Sequence[str]] = {
    "icon-names": ("icon",),
    "read-more": tuple(":：>»→|–—-"),
    "prompt": _PROMPTS,
    "rights": ("©", "(c)", "copyright"),
}


def reasons(kept: Sequence[Block]) -> list[str | None]:
    """Return for each kept block the name of the rule that drops it, or None."""
    texts: dict[str, int] = {}
    for at, block in enumerate(kept):
        texts.setdefault(block.text, at)
    low = "\n".join(texts).lower()
    asked = [rule for rule in RULES if any(map(low.__contains__, _SIGNS.get(rule[0], ("",))))]
    for_any_length = [rule for rule in asked if rule[0] in _FOR_ANY_LENGTH]
    found: list[str | None] = []
    for at, block in enumerate(kept):
        place = Place(at, block, kept, texts)
        for name, test in asked if len(block.text) < _LONGEST_LINE else for_any_length:
            if test(place):
                found.append(name)
                break
        else:
            found.append(None)
    return _with_orphans(kept, found)


def _with_orphans(kept: Sequence[Block], found: list[str | None]) -> list[str | None]:
    """Drop also what a player or gallery leaves above its times: "Podcasts" over "0:00"."""
    made = list(found)
    for at in range(len(kept) - 1):
        if made[at] is None and made[at + 1] == "player" and len(kept[at].text.split()) <= 3:
            made[at] = "player"
    return made


def related_of(block: Block) -> Related | None:
    """Return the title, and the address if there is one, that a read-more block carries."""
    found = _READ_MORE.match(block.text)
    if not found:
        return None
    links = [p.link for p in block.markup.pieces if p.link not in ("", "#")] if block.markup else []
    return Related(squeeze(found[1]).rstrip(" >»→"), links[0] if links else None)


def paywall(blocks: Sequence[Block]) -> Block | None:
    """Return the block that says that the rest of the article is for subscribers, if one does."""
    near = (b for b in blocks if len(b.text) < 400 and _says(_WALLS, b.text))
    return next((b for b in near if _PAYWALL.search(b.text)), None)
