"""A maturity model, and what a team's answers say about it: pure, and on the standard library alone."""

from rubric.disclosure import SMALLEST_MINIMUM, notes_allowed, notes_from, read
from rubric.loading import RubricError, from_json, load, parse, to_json
from rubric.model import Action, Dimension, Effort, Rubric
from rubric.overviews import Standings, one_wording, standings
from rubric.results import since, summarise
from rubric.statistics import Tally, agreement, consensus, could_be, lower_median, spread
from rubric.summary import PRINTING_RULES, Agreement, Change, ChangeKind, Detail, Discussion, Reading, Step, Summary
from rubric.trends import Gap, Lane, Point, Trend, trend

__all__ = [
    "PRINTING_RULES",
    "SMALLEST_MINIMUM",
    "Action",
    "Agreement",
    "Change",
    "ChangeKind",
    "Detail",
    "Dimension",
    "Discussion",
    "Effort",
    "Gap",
    "Lane",
    "Point",
    "Reading",
    "Rubric",
    "RubricError",
    "Standings",
    "Step",
    "Summary",
    "Tally",
    "Trend",
    "agreement",
    "consensus",
    "could_be",
    "from_json",
    "load",
    "lower_median",
    "notes_allowed",
    "notes_from",
    "one_wording",
    "parse",
    "read",
    "since",
    "spread",
    "standings",
    "summarise",
    "to_json",
    "trend",
]
