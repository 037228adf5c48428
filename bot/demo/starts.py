"""Where a demonstration can begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.demo.city import TEAMS, TROUBLED, TeamPlan


@dataclass(frozen=True, kw_only=True)
class Start:
    """One beginning: who is there, and whether their teams are set up and have a past."""

    id: str
    name: str
    what: str
    plans: Sequence[TeamPlan]
    has_past: bool


SIX = Start(
    id="six",
    name="A city after six rounds",
    what="Four teams with a past. The next round is five minutes away.",
    plans=TEAMS,
    has_past=True,
)
STARTS = {
    one.id: one
    for one in (
        Start(
            id="empty",
            name="An empty city",
            what="The app is installed, and nobody has used it yet.",
            plans=TEAMS,
            has_past=False,
        ),
        SIX,
        Start(
            id="trouble",
            name="A team in trouble",
            what="Split on two dimensions, with open actions, and half of its people new.",
            plans=TROUBLED,
            has_past=True,
        ),
    )
}
