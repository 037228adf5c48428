"""Whom typed words name, and the team beside them. Of words that can be read in two ways neither is guessed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.access import resolve_team, roles
from bot.access.resolve_team import Asked
from bot.inputs import typed
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.slack.blocks import escape_within
from storage import people
from storage.models import Person

MYSELF = frozenset({"me", "@me"})
MOST_PEOPLE = 20
"""That one command names."""
MOST_WAYS = 1000
"""Ways to read a text that are looked at: a text of more is as unclear as one of two."""
SEVERAL = ""
"""In place of a user id: several people are called so."""
_ENDS = ",;.!?: "


class NobodyCalledError(UserError):
    """A name that is nobody's, or several people's."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("I don't know who “{name}” is. Write their name with an @ and choose them from Slack's list.").format(
                name=escape_within(name, 80)
            )
        )


class TwoReadingsError(UserError):
    """Words that are one name, and several names as well."""

    def __init__(self, words: str) -> None:
        super().__init__(
            _(
                "“{words}” can be read in two ways: as one name, or as one with another's or a team's beside it. "
                "Nothing was changed. Write people with an @, and choose them from Slack's list."
            ).format(words=escape_within(words, 160))
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed."""

    user_ids: tuple[str, ...]
    beside: str
    """What no person was found in: the name of a team, or nothing."""


@dataclass(frozen=True, slots=True)
class _Names:
    """All that there are for one command."""

    asked_by: str
    called: dict[str, list[str]]
    """User ids by the normal form of what they are called."""
    is_team: Callable[[str], bool]

    def readings(self, text: str) -> Iterator[Reading]:
        """People from the beginning on, and what follows; first the reading with the longest names."""
        *others, last = typed.listed(text)
        first = [next(self.one(piece, alone=True), None) for piece in others]
        if None in first:
            return
        before = tuple(found[0] for found in first if found is not None)
        for user_ids, following in self._some(last):
            yield Reading((*before, *user_ids), following)

    def _some(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        for user_id, following in self.one(text, alone=False):
            more = _further(following)
            if more is not None:
                if self.is_team(more):
                    yield (user_id,), more
                for user_ids, rest in self._some(more):
                    yield (user_id, *user_ids), rest
            yield (user_id,), following

    def one(self, piece: str, *, alone: bool) -> Iterator[tuple[str, str]]:
        """One person at the beginning of this, and what follows: nothing where they stand `alone`."""
        mention = typed.PERSON.match(piece)
        if mention is not None:
            following = piece[mention.end() :].strip()
            if not (alone and following):
                yield mention["id"], following
            return
        words = piece.split()
        for length in [len(words)] if alone else range(len(words), 0, -1):
            name = " ".join(words[:length])
            bare = name.rstrip(",;")
            following = " ".join([name[len(bare) :], *words[length:]]).strip()
            if typed.key(bare) in MYSELF:
                yield self.asked_by, following
                return
            found = self.called.get(typed.key(typed.unwrapped(bare).removeprefix("@")), [])
            if found:
                yield (found[0] if len(found) == 1 else SEVERAL), following


async def only_people(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> list[str]:
    """Those who are named, where nothing else may stand there; UserError for a part of a name, as for nobody's."""
    names = await _names(session, asked, rest, usage=usage)
    ways = [Reading(each.user_ids, "") for each in _ways(names, rest) if not each.beside.strip(_ENDS)]
    if ways:
        return list(_only(ways, names, rest).user_ids)
    raise NobodyCalledError(_unknown(names, rest))


async def people_and_team(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> tuple[list[str], str]:
    """Those who are named, and the name of a team that stood behind them, or before them; nothing where none did.

    Where that is no team's that we know of, it is what follows those with the longest names.
    """
    names = await _names(session, asked, rest, usage=usage)
    found = _ways(names, rest)
    ways = [Reading(each.user_ids, "") for each in found if not each.beside.strip(_ENDS)]
    ways += [each for each in found if each.beside.strip(_ENDS) and names.is_team(each.beside)]
    words = rest.split()
    for length in range(1, len(words)):
        team_name = typed.unwrapped(" ".join(words[:length]))
        if names.is_team(team_name):
            behind = _ways(names, " ".join(words[length:]))
            ways += [Reading(each.user_ids, team_name) for each in behind if not each.beside.strip(_ENDS)]
    if ways:
        chosen = _only(ways, names, rest)
    elif found and SEVERAL not in found[0].user_ids and _further(found[0].beside) is None:
        chosen = found[0]
    else:
        raise NobodyCalledError(_unknown(names, rest))
    return list(chosen.user_ids), chosen.beside


def _ways(names: _Names, text: str) -> list[Reading]:
    """All the ways to read a text, each once."""
    found = list(islice(names.readings(text), MOST_WAYS)) if typed.listed(text) else []
    if len(found) == MOST_WAYS:
        raise TwoReadingsError(text)
    return list(dict.fromkeys(Reading(tuple(dict.fromkeys(each.user_ids)), each.beside) for each in found))


def _only(ways: Sequence[Reading], names: _Names, text: str) -> Reading:
    """The only way to read it, in whatever order its people come; UserError for two, and for a name of several."""
    if len({(frozenset(each.user_ids), typed.key(each.beside)) for each in ways}) > 1:
        raise TwoReadingsError(text)
    if SEVERAL in ways[0].user_ids:
        raise NobodyCalledError(_unknown(names, text))
    return ways[0]


def _unknown(names: _Names, text: str) -> str:
    """What of a text is nobody's name, or several people's."""
    *others, last = typed.listed(text)
    for piece in others:
        found = next(names.one(piece, alone=True), None)
        if found is None or found[0] == SEVERAL:
            return piece
    while True:
        found = next(names.one(last, alone=False), None)
        if found is None or found[0] == SEVERAL:
            return last.split()[0]
        more = _further(found[1])
        if more is None:
            return found[1] or last
        last = more


def _further(following: str) -> str | None:
    """What stands behind a comma or an `and`; of a list that goes on with `me`, all of it. None where it ends."""
    if typed.key(following.partition(" ")[0]) in MYSELF:
        return following
    return typed.further(following)


async def _names(session: AsyncSession, asked: Asked, rest: str, *, usage: str) -> _Names:
    """UserError where nobody is named, or too many are."""
    listed = typed.listed(rest)
    if not listed:
        raise UserError(_("Say who: `/maturity {usage} @person`.").format(usage=usage))
    if len(listed) > MOST_PEOPLE:
        raise UserError(_("Name at most {most} people at once.").format(most=MOST_PEOPLE))
    called: dict[str, list[str]] = {}
    for user_id, name in await people.names(session, workspace_id=asked.workspace_id):
        called.setdefault(typed.key(name), []).append(user_id)
    return _Names(asked.user_id, called, await resolve_team.names_of_teams(session, asked))


@contextmanager
def all_or_nobody(whom: Sequence[str]) -> Iterator[None]:
    """Have a refusal about one of several say that it holds for all."""
    try:
        yield
    except roles.NotKnownError:
        raise
    except UserError as error:
        if len(whom) == 1:
            raise
        raise UserError(error.sentence + " " + _("So nothing was changed for the others, either.")) from error


async def known(session: AsyncSession, asked: Asked, user_id: str) -> Person:
    """What Slack said of a person; where it said nothing yet, it is asked before the answer is tried again."""
    person = await people.get(session, workspace_id=asked.workspace_id, user_id=user_id)
    if person is None or person.is_full_member is None:
        raise roles.NotKnownError(user_id)
    return person
