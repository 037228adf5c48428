"""The demonstration's city: four teams, twenty people, and what they have answered so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from bot.program.manifest import SCOPES, manifest
from bot.program.workspace_events import EVENTS
from bot.sandbox import App, Channel, Installation, Person, Sandbox, Workspace
from bot.slack.ids import COMMAND

ZONE = "Europe/London"
"""In November its clocks show UTC, as the sandbox's record does."""
BEGINNING = datetime(2026, 11, 3, 9, 55, tzinfo=UTC)
"""A Tuesday, five minutes before the round of the first team."""
PAST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team before it exists: its channel, people, schedule, and the level of each dimension in each past round."""

    name: str
    channel: str
    members: tuple[str, ...]
    """The first one manages it."""
    first: date
    """When it was first asked."""
    at: time
    weekday: str
    levels: Mapping[str, tuple[int, ...]]
    every_weeks: int | None = None
    monthly_nth: int | None = None
    before: tuple[str, ...] = ()
    """Who was in it in the past rounds; empty: its members."""
    torn: frozenset[str] = frozenset()
    """The dimensions on which its past answers are as far apart as they can be."""


TEAMS = (
    TeamPlan(
        name="Permits",
        channel="permits",
        members=("Ana", "Ben", "Cho", "Dev", "Eli", "Fay", "Gus"),
        first=date(2025, 5, 6),
        at=time(10),
        weekday="tuesday",
        every_weeks=13,
        levels={
            "A": (1, 1, 1, 1, 1, 1),
            "B": (2, 2, 2, 2, 3, 3),
            "C": (1, 1, 1, 1, 1, 1),
            "D": (1, 1, 1, 2, 2, 2),
            "E": (1, 1, 1, 2, 2, 2),
        },
    ),
    TeamPlan(
        name="Street lights",
        channel="street-lights",
        members=("Hana", "Ivo", "June", "Kofi", "Lena", "Mo"),
        first=date(2025, 5, 14),
        at=time(9, 30),
        weekday="wednesday",
        every_weeks=13,
        levels={
            "A": (1, 1, 2, 2, 2, 2),
            "B": (1, 2, 2, 2, 2, 2),
            "C": (2, 2, 2, 3, 3, 3),
            "D": (2, 2, 3, 3, 3, 4),
            "E": (2, 2, 2, 2, 3, 3),
        },
    ),
    TeamPlan(
        name="311 desk",
        channel="311-desk",
        members=("Nia", "Omar", "Pia", "Quin", "Rosa", "Sam"),
        first=date(2026, 5, 25),
        at=time(14),
        weekday="monday",
        every_weeks=4,
        levels={
            "A": (2, 2, 3, 3, 3, 3),
            "B": (2, 2, 2, 2, 2, 2),
            "C": (1, 1, 1, 2, 2, 2),
            "D": (2, 2, 2, 2, 3, 3),
            "E": (1, 1, 1, 1, 2, 2),
        },
    ),
    TeamPlan(
        name="Open data",
        channel="open-data",
        members=("Tess", "Ana", "Hana", "Nia", "Ben"),
        first=date(2026, 5, 14),
        at=time(11),
        weekday="thursday",
        monthly_nth=2,
        levels={
            "A": (2, 2, 3, 3, 3, 3),
            "B": (3, 3, 3, 3, 3, 3),
            "C": (2, 2, 2, 3, 3, 3),
            "D": (3, 3, 3, 3, 4, 4),
            "E": (2, 2, 2, 2, 3, 3),
        },
    ),
)

TROUBLED = (
    replace(
        TEAMS[0],
        members=("Ana", "Ben", "Cho", "Dev", "Eli", "Fay", "Gus"),
        before=("Ana", "Ben", "Cho", "Lou", "Max", "Pat"),
        torn=frozenset("BE"),
    ),
    *TEAMS[1:],
)
"""The same teams, but for the first: split on two dimensions, and most of its people new since the last round."""
ADMIN = "Vera"
"""An admin of the workspace, in no team."""
OUTSIDER = "Wim"
"""In no team and no team's channel."""

LEANS = (0, 0, 1, 0, -1, 0, 1)
"""By how much a member sees the team above or below its level, in the order of its members."""


def past_answer(plan: TeamPlan, *, member: int, dimension: str, number: int) -> int:
    """What the nth member answered in past round `number` (0 is the first)."""
    if dimension in plan.torn:
        return 1 if (member + number) % 2 else 4
    lean = LEANS[(member + 2 * "ABCDE".index(dimension)) % len(LEANS)]
    return min(max(plan.levels[dimension][number] + lean, 1), 4)


class City:
    """The plans as they stand in the local Slack: one workspace with the app installed, its people and channels."""

    def __init__(self, sandbox: Sandbox, plans: Sequence[TeamPlan]) -> None:
        self.sandbox = sandbox
        self.plans = plans
        self.workspace: Workspace = sandbox.add_workspace(name="Small City", domain="small-city")
        features = manifest(address=None)["features"]
        self.app: App = sandbox.add_app(
            name="maturity",
            scopes=sorted(SCOPES),
            commands=[COMMAND],
            events=EVENTS,
            home_tab_enabled=features["app_home"]["home_tab_enabled"],
            hints={one["command"]: one for one in features["slash_commands"]},
        )
        names = dict.fromkeys(name for plan in plans for name in (*plan.members, *plan.before))
        self.people: dict[str, Person] = {name: self.workspace.add_person(name=name, tz=ZONE) for name in names}
        self.people[ADMIN] = self.workspace.add_person(name=ADMIN, tz=ZONE, is_admin=True)
        self.people[OUTSIDER] = self.workspace.add_person(name=OUTSIDER, tz=ZONE)
        self.installation: Installation = self.app.install(self.workspace)
        self.channels: dict[str, Channel] = {
            plan.channel: self.workspace.add_channel(
                plan.channel, members=[*(self.people[name] for name in plan.members), self.installation]
            )
            for plan in plans
        }

    @property
    def is_connected(self) -> bool:
        """Whether the bot has a connection open."""
        return self.sandbox.socket_mode.connections(self.app) > 0

    async def connected(self, *, within: float = 30.0) -> None:
        """Return once the bot has connected; TimeoutError when it doesn't."""
        await self.sandbox.until(lambda: self.is_connected or None, timeout=within)
