"""What listeners may ask for by name, beside Bolt's own arguments."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from bot.kit.clock import Clock
from bot.kit.metrics import Metrics
from bot.kit.rubrics import Rubrics
from bot.kit.settings import ANSWER_WITHIN, PERSON_WITHIN
from bot.kit.shares import Shares
from bot.slack.client import Slack
from bot.slack.in_flight import InFlight
from bot.slack.remembered import Remembered
from storage.engine import Database

MET_FOR = timedelta(hours=1)
"""How long nobody asks again whether Slack has to be asked again who somebody is."""


class PublishHome(Protocol):
    """Publishes somebody's App Home as it is now; `seen` is the hash of the view that they have."""

    def __call__(
        self, services: "Services", *, workspace_id: str, user_id: str, seen: str | None
    ) -> Coroutine[Any, Any, None]: ...


@dataclass(frozen=True, slots=True)
class Services:
    """One of each a process, built by bot/program/process.py and handed down."""

    database: Database
    slack: Slack
    rubrics: Rubrics
    in_flight: InFlight
    metrics: Metrics
    clock: Clock
    publish_home: PublishHome
    answer_within: float = ANSWER_WITHIN
    """Seconds after which Slack is answered, whatever the database does."""
    shares: Shares = field(default_factory=Shares)
    """What each person has under way."""
    groups: Remembered[list[tuple[str, str]]] = field(default_factory=Remembered)
    """The ids and names of user groups, by workspace."""
    asked: Remembered[list[str]] = field(default_factory=Remembered)
    """Who is in a channel or user group that a form has for its members, by workspace and its id."""
    met: Remembered[list[str]] = field(default_factory=Remembered)
    """The same people, once Slack has said who each of them is."""
    person_within: float = PERSON_WITHIN
    """Seconds that Slack is waited for to say who somebody is: whoever isn't known by then is refused."""
    met_again: Remembered[None] = field(default_factory=lambda: Remembered(patience=PERSON_WITHIN, kept=MET_FOR))
    """Whoever asked for something lately, and is who Slack said lately, by workspace and person."""
    channel_names: Remembered[dict[str, str]] = field(default_factory=lambda: Remembered(patience=8.0))
    """The names of teams' channels by their ids, by workspace and who asked: for commands that are acknowledged."""
