"""What listeners may ask for by name, beside Bolt's own arguments."""

from dataclasses import dataclass

from bot.answers import AnswerWriter
from bot.clock import Clock
from bot.in_flight import InFlight
from bot.metrics import Metrics
from bot.rubrics import Rubrics
from bot.slack import Slack
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Services:
    """One of each a process, built by process.py and handed down."""

    database: Database
    slack: Slack
    rubrics: Rubrics
    answers: AnswerWriter
    in_flight: InFlight
    metrics: Metrics
    clock: Clock
