"""How wide words are in the pictures' font, and where to break them so that they stay in their place."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

import font_roboto
from fontTools.ttLib import TTFont

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Weight(IntEnum):
    """The weights that are drawn, by their number in SVG."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 700


_FILES: Mapping[Weight, str] = {
    Weight.REGULAR: font_roboto.font_files["Roboto"],
    Weight.MEDIUM: font_roboto.font_files["RobotoMedium"],
    Weight.BOLD: font_roboto.font_files["RobotoBold"],
}
FONT_FILES: tuple[str, ...] = tuple(_FILES.values())
"""Paths of the fonts that a picture needs to be drawn as it was measured."""

# Emoji, joiners, control characters, marks and unassigned ones: a name reads on without them.
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Mn", "Me"}
# After a slash or hyphen inside a word, but not so that one character is left alone ("1-way").
_BREAK_INSIDE = re.compile(r"(?<=[^\s/-]{2}[/-])(?=[^\s/-])")


# What a break inside a word costs: as much as a line a third shorter than it may be.
_INSIDE_A_WORD = 0.1


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text broken into lines that fit, and the font size at which they do."""

    lines: tuple[str, ...]
    size: float


@cache
def _advances(weight: Weight) -> Mapping[int, float]:
    """Advance width of each character that the font has, in units of the font size."""
    with TTFont(_FILES[weight]) as font:
        units: int = font["head"].unitsPerEm
        advances: Mapping[str, tuple[int, int]] = font["hmtx"].metrics
        return {code: advances[glyph][0] / units for code, glyph in font.getBestCmap().items()}


def width(text: str, *, size: float, weight: Weight) -> float:
    """Width of `drawable` text in the SVG's units; kerning is left out, which only ever makes it narrower."""
    advances = _advances(weight)
    return size * sum(advances[ord(character)] for character in text)


@lru_cache(maxsize=2048)
def drawable(text: str) -> str:
    """The text in characters that the font has, on one line.

    Emoji and invisible characters go; a letter in a shape that the font lacks becomes its plain form; a run of what
    remains (another script) becomes one ellipsis, since something was left out. The alt text keeps all of it.
    """
    drawn: list[str] = []
    for character in unicodedata.normalize("NFC", " ".join(text.split())):
        if _has(character):
            drawn.append(character)
        elif unicodedata.category(character) not in _DROPPED:
            plain = "".join(filter(_has, unicodedata.normalize("NFKD", character)))
            if plain or drawn[-1:] != [ELLIPSIS]:
                drawn.append(plain or ELLIPSIS)
    return " ".join("".join(drawn).split()) or ELLIPSIS


@lru_cache(maxsize=2048)
def _has(character: str) -> bool:
    code = ord(character)
    return unicodedata.category(character) != "Cc" and all(code in _advances(weight) for weight in Weight)


@lru_cache(maxsize=2048)
def wrap(text: str, *, within: float, size: float, weight: Weight) -> tuple[str, ...]:
    """The text in as few lines as can be, of lengths as alike as can be, broken at spaces and after "/" and "-".

    A piece that is wider than `within` has a line of its own.
    """
    pieces = _pieces(text)
    # best[i]: lines, unevenness and the lines themselves for the pieces from i on.
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, ())] * (len(pieces) + 1)
    for start in reversed(range(len(pieces))):
        line = ""
        ways: list[tuple[int, float, tuple[str, ...]]] = []
        for end, (piece, spaced) in enumerate(pieces[start:], start=start + 1):
            line = f"{line} {piece}" if line and spaced else line + piece
            wide = width(line, size=size, weight=weight)
            if wide > within and ways:
                break
            lines, unevenness, others = best[end]
            inside_a_word = end < len(pieces) and not pieces[end][1]
            cost = (1 - wide / within) ** 2 + (_INSIDE_A_WORD if inside_a_word else 0)
            ways.append((lines + 1, unevenness + cost, (line, *others)))
        best[start] = min(ways)
    return best[0][2]


def holds(text: str, *, within: float, size: float, weight: Weight, lines: int) -> bool:
    """Whether the text can be set whole in so many lines, with no word broken but after "/" and "-"."""
    wrapped = wrap(text, within=within, size=size, weight=weight)
    return len(wrapped) <= lines and all(width(line, size=size, weight=weight) <= within for line in wrapped)


def fit(text: str, *, within: float, sizes: Sequence[float], weight: Weight, lines: int) -> Fitted:
    """The text at the first of `sizes` (falling) at which at most `lines` lines hold it whole.

    Where none does, the last size is used, words are broken anywhere and what is too much becomes an ellipsis.
    """
    for size in sizes:
        if holds(text, within=within, size=size, weight=weight, lines=lines):
            return Fitted(wrap(text, within=within, size=size, weight=weight), size)
    size = sizes[-1]
    broken: list[str] = []
    for line in wrap(text, within=within, size=size, weight=weight):
        rest = line
        while width(rest, size=size, weight=weight) > within:
            head = _head(rest, within=within, size=size, weight=weight)
            broken.append(head)
            rest = rest[len(head) :]
        broken.append(rest)
    if len(broken) > lines:
        kept = f"{broken[lines - 1]} {broken[lines]}"
        broken[lines - 1 :] = [shorten(kept, within=within, size=size, weight=weight)]
    return Fitted(tuple(broken), size)


def shorten(text: str, *, within: float, size: float, weight: Weight) -> str:
    """The text on one line: whole where it fits, else its beginning and an ellipsis."""
    if width(text, size=size, weight=weight) <= within:
        return text
    room = within - width(ELLIPSIS, size=size, weight=weight)
    return _head(text, within=room, size=size, weight=weight).rstrip(" ,;:-/") + ELLIPSIS


def _head(text: str, *, within: float, size: float, weight: Weight) -> str:
    """As many characters as fit, at least one."""
    length = 1
    while length < len(text) and width(text[: length + 1], size=size, weight=weight) <= within:
        length += 1
    return text[:length]


def _pieces(text: str) -> list[tuple[str, bool]]:
    """What a line may be broken between, each with whether a space stands before it."""
    pieces: list[tuple[str, bool]] = []
    for word in text.split():
        if pieces and not any(map(str.isalnum, word)):
            # A dash between spaces stays at the end of its line.
            last, spaced = pieces[-1]
            pieces[-1] = (f"{last} {word}", spaced)
        else:
            first, *others = _BREAK_INSIDE.split(word)
            pieces.append((first, True))
            pieces.extend((other, False) for other in others)
    return pieces
