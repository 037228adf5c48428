"""Where teams stand, as a picture or a message of them takes it; and what is said in a cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.kit.i18n import _
from rubric.model import Rubric
from rubric.summary import Detail, Reading, Summary


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """One team and what its last closed round printed."""

    team: str
    number: int | None = None
    """Of that round; None, like the rest, where there is none yet."""
    closed_on: date | None = None
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Teams that were asked with one wording, by name; only their levels may be counted together."""

    rubric: Rubric
    standings: Sequence[TeamStanding]

    @property
    def summaries(self) -> list[Summary]:
        """Of those teams that have had a round."""
        return [standing.summary for standing in self.standings if standing.summary is not None]


def short(reading: Reading) -> str:
    """What is printed about one dimension in a few characters: `2`, `3+`, `1-4`, or `few`."""
    if reading.detail is Detail.TOO_FEW:
        return _("few")
    if reading.split is not None:
        lowest, highest = reading.split
        return _("{lowest}\N{EN DASH}{highest}").format(lowest=lowest, highest=highest)
    return _("{level}+").format(level=reading.level) if reading.or_above else str(reading.level)
