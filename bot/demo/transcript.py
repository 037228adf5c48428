"""The story on a terminal: what the sandbox has recorded, told once and then only by what is new in it."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import TextIO

from bot.sandbox import Person, Sandbox
from bot.sandbox.block_kit import initial_state
from bot.sandbox.people.message_text import lines_of
from bot.sandbox.state.records import Happening

WIDEST = 100
NEWS = 2
"""Of a message like an earlier one, this many new lines are told; more of them are its reader's own."""
INDENT = "    "
BOLD = re.compile(r"(?<!\w)\*([^*\n]+)\*(?!\w)")
OWN_ANSWER = re.compile(r"Level \d: ")
"""In a receipt: what its reader has just been seen to choose."""
CHOICE = re.compile(r"chooses (\d)\. .*")


@dataclass
class _Told:
    """One entry of the record, or several that read alike."""

    key: tuple[str, ...]
    head: str
    readers: list[str] = field(default_factory=list)
    mark: str = ""
    lines: list[str] = field(default_factory=list)


class Transcript:
    """Writes what happened since it last did."""

    def __init__(self, sandbox: Sandbox, *, out: TextIO, width: int, emphasis: bool) -> None:
        self._sandbox = sandbox
        self._out = out
        self._width = min(width, WIDEST)
        self._emphasis = emphasis
        self._next = 0
        self._keys: set[tuple[str, ...]] = set()
        self._lines: set[str] = set()

    def heading(self, text: str) -> None:
        self._write("", *(self._strong(line) for line in self._wrapped(text, "")), "─" * min(len(text), self._width))

    def say(self, *lines: str) -> None:
        """Lines of our own: where things are."""
        self._write(*lines)

    def tell(self, *, first: Person | None = None) -> None:
        """What the sandbox has recorded since the last time; of messages alike, `first`'s is the one told whole."""
        new = self._sandbox.history[self._next :]
        self._next += len(new)
        for told in self._alike(new, first=first):
            self._entry(told)
        self._out.flush()

    def _alike(self, happenings: Sequence[Happening], *, first: Person | None) -> Iterator[_Told]:
        """The record with neighbours put together: one person's taps, and one message to several people."""
        for is_deed, group in groupby(happenings, key=lambda one: one.kind == "did"):
            if is_deed:
                for who, deeds in groupby(group, key=lambda one: one.person.username):
                    lines = [f"{deed.text}{_place(deed)}" for deed in deeds]
                    yield _Told(("did",), who, lines=lines)
            else:
                told = map(_message, sorted(group, key=_order))
                for _head, letters in groupby(told, key=lambda one: (one.head, bool(one.readers))):
                    yield from self._letters(list(letters), first=first)

    def _letters(self, letters: Sequence[_Told], *, first: Person | None) -> Iterator[_Told]:
        """Messages of one moment: each kind whole once, then its other readers together."""
        if not letters[0].readers:
            yield from letters
            return
        kinds: dict[tuple[str, ...], list[_Told]] = {}
        for told in sorted(letters, key=lambda one: (first is None or one.readers != [first.username], one.readers)):
            kinds.setdefault(told.key, []).append(told)
        for alike in kinds.values():
            if alike[0].key not in self._keys:
                yield alike.pop(0)
            same = [told for told in alike if not self._news(told)]
            yield from (told for told in alike if told not in same)
            if same:
                same[0].readers = [reader for told in same for reader in told.readers]
                yield same[0]

    def _entry(self, told: _Told) -> None:
        if told.key == ("did",):
            self._deeds(told)
            return
        to = f" to {', '.join(told.readers)}" if told.readers else ""
        head = f"{told.head}{to}{told.mark}"
        if told.key in self._keys:
            news = self._news(told)
            self._write("", *self._wrapped(f"{head}: as above" + (", and" if news else "."), ""), *self._body(news))
        else:
            self._write("", head, *self._body(told.lines))
        self._keys.add(told.key)
        self._lines.update(told.lines)

    def _news(self, told: _Told) -> list[str]:
        new = [line for line in told.lines if line not in self._lines and not OWN_ANSWER.match(line)]
        return new if len(new) <= NEWS else []

    def _deeds(self, told: _Told) -> None:
        """The first choices with their words, later ones by their numbers."""
        whole = ("chooses",) not in self._keys
        self._write("")
        for chosen, group in groupby(told.lines, key=lambda line: CHOICE.fullmatch(line) is not None):
            deeds = list(group)
            if chosen and not whole:
                levels = ", ".join(found[1] for deed in deeds if (found := CHOICE.fullmatch(deed)))
                deeds = [f"chooses {levels}"]
            elif chosen:
                self._keys.add(("chooses",))
            for deed in deeds:
                self._write(*self._wrapped(f"{told.head} {deed}", ""))

    def _body(self, lines: Sequence[str]) -> Iterator[str]:
        for number, line in enumerate(lines):
            if line.startswith("# "):
                yield from [""] * (number > 0)
                yield INDENT + self._strong(line[2:])
            elif whole := BOLD.fullmatch(line):
                yield from (INDENT + self._strong(one.strip()) for one in self._wrapped(whole[1], INDENT))
            elif line.startswith(">"):
                yield from self._wrapped(line[1:], INDENT * 2)
            elif line.startswith("[image: "):
                yield INDENT + textwrap.shorten(line, self._width - len(INDENT), placeholder=" …]")
            else:
                yield from (self._bold(one) for one in self._wrapped(line, INDENT))

    def _wrapped(self, line: str, indent: str) -> list[str]:
        own = indent + line[: len(line) - len(line.lstrip())]
        hanging = "  " if line.lstrip().startswith(("•", "( )", "(•)")) else ""
        return textwrap.wrap(
            line.strip(),
            self._width,
            initial_indent=own,
            subsequent_indent=own + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]

    def _bold(self, line: str) -> str:
        return BOLD.sub(lambda found: self._strong(found[1]), line)

    def _strong(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._emphasis else text

    def _write(self, *lines: str) -> None:
        self._out.writelines(f"{line}\n" for line in lines)
        self._out.flush()


def _order(happening: Happening) -> tuple[datetime, bool, bool, str]:
    """What happened at once is in no order of its own: channels first, then people, older messages before newer."""
    message, channel = happening.message, happening.channel
    for_few = bool(_readers(happening))
    is_direct = channel is not None and channel.is_direct
    at = happening.at.replace(second=0, microsecond=0)
    return at, for_few, is_direct, message.ts if for_few and message is not None else ""


def _message(happening: Happening) -> _Told:
    lines = _lines(happening)
    return _Told(("said", *lines[:2]), _head(happening), _readers(happening), _mark(happening), lines)


def _head(happening: Happening) -> str:
    at = f"{happening.at:%a %H:%M}"
    if happening.view is not None:
        return f"{at}  {happening.view.app.name} shows a form"
    return f"{at}  {happening.person.username}{_place(happening)}"


def _place(happening: Happening) -> str:
    channel = happening.channel
    return "" if channel is None or channel.is_direct else f" in {channel.title}"


def _readers(happening: Happening) -> list[str]:
    """Whom it is for, where that isn't everyone in a channel."""
    message = happening.message
    if happening.view is not None:
        return [happening.view.person.username]
    if message is not None and message.only_for is not None:
        return [message.only_for.username]
    if happening.channel is not None and happening.channel.is_direct:
        return [one.username for one in happening.channel.members.values() if one is not happening.person]
    return []


def _mark(happening: Happening) -> str:
    message = happening.message
    marks: list[str] = [happening.kind] if happening.kind in {"edited", "deleted"} else []
    if message is not None and message.only_for is not None:
        marks.append("nobody else sees it")
    if message is not None and message.thread_ts is not None:
        marks.append("in a thread")
    return f" ({', '.join(marks)})" if marks else ""


def _lines(happening: Happening) -> list[str]:
    """What it showed then; of a form its title."""
    if happening.view is not None:
        return [str((happening.body or {}).get("title", {}).get("text", ""))]
    if happening.content is None or happening.message is None:
        return []
    state = initial_state(happening.content.blocks)
    drawn = lines_of(happening.content, happening.workspace, state=state)
    return [*drawn, *(f"[file: {file.title}]" for file in happening.message.files)]
