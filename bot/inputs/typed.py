"""What people type, in one normal form: the only place that knows what Slack and keyboards make of it. Pure.

A name is found however it was typed: composed or not, in any case, with any blanks, dashes and quotes, in Slack's
markup, with a full stop behind it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

Named = TypeVar("Named")

KEPT, LONGEST = 16_384, 200
"""How many keys are kept, of texts of how many characters: a city's teams are gone through for each that is named."""
LONGEST_OPTION = 4
"""Words of what may stand beside a team's name: `by 2 working days`."""

CHANNEL = re.compile(r"<#(?P<id>[CG][A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>")
PERSON = re.compile(r"<@(?P<id>[UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_SEPARATORS = r"(?:\s*(?:[,;&+/|•、，،]|(?<=\s)[-–—](?=\s)|\b(?:and|or|plus)\b)\s*)+"  # noqa: RUF001
_BETWEEN_PEOPLE = re.compile(rf"{_SEPARATORS}(?=[\"'*_~`]*(?:<@|@|me(?:\W|$)))|\s*(?=<@)|\s+(?=@)", re.IGNORECASE)
_FURTHER = re.compile(rf"{_SEPARATORS}(?=\S)", re.IGNORECASE)
_WRAPPED_PERSON = re.compile(r"[\"'*_~`(]*(<@[^<>]*>)[\"'*_~`)]*")
_LINK = re.compile(r"<(?P<to>(?:https?://|mailto:|tel:)[^|<>]*)(?:\|(?P<label>[^<>]*))?>")
_SPECIAL = re.compile(r"<!(?:subteam\^)?(?P<name>[^|<>]+)(?:\|(?P<label>[^<>]*))?>")

_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and symbols that show nothing: to a reader they are spaces."""
_BLANK = str.maketrans(dict.fromkeys(_BLANK_LETTERS, " "))
_JOINERS = "\u200c\u200d"
_SHAPES = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Which form of the character before it is drawn: of a Mongolian or Chinese letter, as text or as an emoji."""
_UNSEEN = re.compile(f"[{_JOINERS}{_SHAPES}]")
_NOTHING = re.compile(
    "[\u034f\u17b4\u17b5\u2065\ufff0-\ufff8\U00016fe4\U0001d159\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff]"
)
"""What Unicode has drawn as nothing, or keeps free for that, though its category is one of what is seen."""
_WRAPS = "\"'*_~`"
"""What stands around words, once quotes are straight: quotes, and Slack's markup."""
_QUOTES, _MARKUP = tuple("\"'"), "*_~`"
_ENDS = ".,;:!?…。，、；：！？．"  # noqa: RUF001 - full-width ones are typed, too
_STRAIGHT = str.maketrans(
    dict.fromkeys("“”„‟«»‹›❝❞〝〞〟「」『』＂", '"')  # noqa: RUF001 - as people type them
    | dict.fromkeys("‘’‚‛′´ʼ❛❜＇", "'")  # noqa: RUF001
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)

_WIDTHS = str.maketrans(
    {
        character: unicodedata.normalize("NFKC", character)
        for character in map(chr, range(0xFF01, 0xFFEF))
        if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>"))
    }
)
"""Letters of full and half width, as Japanese keyboards type them, in their usual one."""
_BLACK_FLAG = "\U0001f3f4"
_SKINS = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_ARROWS = "\u2194\u2195"
"""Of heads that are shaken and nodded: symbols of mathematics, as Unicode has it."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode's categories of what controls, formats or breaks a line; all it doesn't know yet may be a new emoji."""
MOST_TAGS = 8
_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
"""Characters that show nothing and, behind a black flag, say whose flag it is: England's, Texas's."""


def clean(text: str) -> str:
    """The text composed, with single spaces, and without what shows nothing but may turn or hide the rest."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text).translate(_BLANK)
    spaced = " ".join(composed.split())
    if spaced.isprintable() and not _NOTHING.search(spaced):  # so it hides nothing
        return spaced
    shown = "".join(character for place, character in enumerate(spaced) if not _is_wrong(spaced, place))
    # Where something was taken out, what stood around it may belong together, or may not stand there any more.
    return shown if shown == text else clean(shown)


def unwrapped(text: str) -> str:
    """Cleaned words without the quotes or the markup around them, and without the punctuation behind them."""
    plain = straight(text)  # as long as the text
    begin, end = 0, len(text)
    while True:
        begins, ends = begin, end
        while ends > begins and (plain[ends - 1] in _ENDS or plain[ends - 1] == " "):
            ends -= 1
        while ends > begins and plain[begins] == " ":
            begins += 1
        if ends - begins > 1 and _is_wrapped(plain[begins:ends]):
            begins, ends = begins + 1, ends - 1
        if (begins, ends) == (begin, end) or not plain[begins:ends].strip(" " + _WRAPS):
            return text[begin:end]
        begin, end = begins, ends


def _is_wrapped(plain: str) -> bool:
    """Whether the same stands around all of this; not around its first words, and again around the last."""
    wrap = plain[0]
    return wrap in _WRAPS and plain[-1] == wrap and (wrap == "'" or wrap not in plain.strip(_WRAPS + _ENDS + " "))


def key(text: str) -> str:
    """What names are compared by: two that read alike have the same one. The key of a key is itself."""
    return _key_of_name(text) if len(text) <= LONGEST else _key(text)


def _key(text: str) -> str:
    folded = clean(text)
    if folded.isascii():
        folded = folded.lower()
    else:
        folded = unicodedata.normalize("NFD", folded.translate(_WIDTHS)).casefold()
        folded = _UNSEEN.sub("", folded)
    found = unwrapped(clean(straight(folded)))
    return found if found == text else _key(found)


_key_of_name = lru_cache(maxsize=KEPT)(_key)


def straight(text: str) -> str:
    """The text with quotes and dashes of one kind."""
    return text if text.isascii() else text.translate(_STRAIGHT)


def as_typed(text: str) -> str:
    """What somebody typed, from a command's text: Slack escapes three characters and makes links of addresses.

    Channels and people stay as Slack writes them, `<#C1|name>` and `<@U1|name>`: see CHANNEL and PERSON.
    """
    text = _LINK.sub(lambda link: link["label"] or link["to"], text)
    text = _SPECIAL.sub(lambda special: "@" + (special["label"] or special["name"]).removeprefix("@"), text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def called(name: str, things: Iterable[Named], *, by: Callable[[Named], str]) -> list[Named]:
    """Those whose name is the one that was typed."""
    wanted = key(name)
    return [each for each in things if key(by(each)) == wanted]


def doubles(things: Iterable[Named], *, by: Callable[[Named], str]) -> list[list[Named]]:
    """Those that can't be told apart by name, together."""
    groups: dict[str, list[Named]] = {}
    for each in things:
        groups.setdefault(key(by(each)), []).append(each)
    return [group for group in groups.values() if len(group) > 1]


def free_name(name: str, taken: Iterable[str], *, longest: int, beside: str = "") -> str:
    """The name, if nobody has it; else with `beside` behind it; else with the first number that makes it one's own."""
    keys = {key(each) for each in taken}
    if key(name) not in keys:
        return name
    if beside and key(beside) not in key(name):
        longer = f"{name} {beside}"
        if len(longer) <= longest and key(longer) not in keys:
            return longer
    # One more number than there are names: the last at the latest is free.
    numbered = (f"{name[: longest - len(f' {number}')].rstrip()} {number}" for number in range(2, len(keys) + 3))
    return next(each for each in numbered if key(each) not in keys)


def is_quoted(text: str) -> bool:
    """Whether all of this stands in quotes, with or without markup and punctuation around them: then it is a name."""
    plain = straight(text).strip(_ENDS + _MARKUP + " ")
    return len(plain) > 1 and plain[0] in _QUOTES and _is_wrapped(plain)


def beside(text: str, option: re.Pattern[str]) -> list[tuple[re.Match[str], str]]:
    """The ways to read this as an option (in its normal form) before a name, behind one or alone, each with the name.

    The longest option first, and one before the name first. What stands in quotes is no option.
    """
    words = text.split()
    before = [(words[:length], words[length:]) for length in range(min(len(words), LONGEST_OPTION), 0, -1)]
    behind = [(words[-length:], words[:-length]) for length in range(min(len(words) - 1, LONGEST_OPTION), 0, -1)]
    found = []
    for typed, name in before + behind:
        if not any(straight(word).strip(_MARKUP)[:1] in _QUOTES for word in typed):
            match = option.fullmatch(key(" ".join(typed)))
            if match is not None:
                found.append((match, unwrapped(" ".join(name))))
    return found


def channel_id(text: str) -> str | None:
    """The channel in `<#C1|name>`, as Slack escapes one."""
    match = CHANNEL.search(text)
    return match["id"] if match else None


def listed(text: str) -> list[str]:
    """What was typed, cut where one person follows another: `<@U2>, <@U3>`, `@ana and @ben Permits`.

    The last piece may end with something else, or with people whose names have no @: `further` finds those.
    """
    bare = _WRAPPED_PERSON.sub(r"\1", straight(text)).lstrip(" •:-")
    return [piece for piece in _BETWEEN_PEOPLE.split(bare) if piece.strip()]


def further(following: str) -> str | None:
    """What stands behind a comma or an `and` at the beginning, which tells of one more; None where there is neither."""
    found = _FURTHER.match(following)
    return None if found is None else following[found.end() :]


def wrong_character(text: str) -> str | None:
    """The first character that a name on a screen can't have: one of control, of direction, or that shows nothing.

    Joiners may stand where they are seen: between letters, or the parts of an emoji.
    """
    return next((character for place, character in enumerate(text) if _is_wrong(text, place)), None)


def is_seen(text: str) -> bool:
    """Whether anything of a text is seen."""
    return any(each.isprintable() and not each.isspace() for each in _UNSEEN.sub("", clean(text)))


def _is_wrong(text: str, place: int) -> bool:
    character = text[place]
    if character in _JOINERS:
        after = text[place + 1 : place + 2]
        return not (_ends_letter(text[max(0, place - 1) : place]) and after and _is_letter(after))
    if character in _TAGS:
        return not text[max(0, place - MOST_TAGS) : place].rstrip(_TAGS).endswith(_BLACK_FLAG)
    return unicodedata.category(character) in _HIDDEN or character in _BLANK_LETTERS or bool(_NOTHING.match(character))


def _ends_letter(text: str) -> bool:
    """Whether a letter or an emoji ends here, with the marks and the colour of skin that belong to it."""
    if not text:
        return False
    return _is_letter(text[-1]) or unicodedata.category(text[-1]).startswith("M") or text[-1] in _SKINS


def _is_letter(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("L")
        or unicodedata.category(character) == "So"
        or (character in _ARROWS)
    )
