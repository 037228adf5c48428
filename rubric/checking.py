"""A maturity model from plain tables, or everything that is wrong with it at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

from rubric import documents
from rubric.model import Action, Dimension, Effort, Rubric
from rubric.places import Place

MOST_DIMENSIONS = 8
FEWEST_LEVELS = 3
MOST_LEVELS = 5
# Limits in characters. Level texts stand at the choices of a prompt, five questions to a message.
LONGEST_NAME = 60
LONGEST_QUESTION = 150
LONGEST_LEVEL = 70
LONGEST_PARAGRAPH = 1000
LONGEST_QUOTE = 250
LONGEST_ACTION = 140
LONGEST_CREDIT = 150

RUBRIC_KEYS = ("name", "source", "same_meaning_as", "paragraphs", "dimensions")
DIMENSION_KEYS = ("key", "name", "question", "outcome", "levels", "gloss", "clauses", "discussions", "actions")
ACTION_KEYS = ("key", "effort", "text", "source")

DIMENSION_KEY = re.compile(r"[A-Z]")
ACTION_KEY = re.compile(r"[A-Za-z0-9._-]{1,20}")
VERSION = re.compile(rf"[0-9a-f]{{{documents.VERSION_LENGTH}}}")


class RubricError(ValueError):
    """A maturity model that can't be used. Its text is one sentence a line, each of which names its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def check(document: Any, *, file: str) -> Rubric:
    """The model in this document, which is tables, lists and texts as TOML and JSON give them.

    `file` is what the errors call it. Raises RubricError with all that is wrong.
    """
    place = Place(file)
    table = place.table(document, keys=RUBRIC_KEYS) or {}
    rubric = Rubric(
        version="",
        name=place.text(table.get("name"), what="'name'", limit=LONGEST_NAME),
        source=place.text(table.get("source"), what="'source'", limit=LONGEST_CREDIT),
        paragraphs=_paragraphs(table.get("paragraphs"), place),
        dimensions=_dimensions(table.get("dimensions"), place, table.get("paragraphs")),
        same_meaning_as=_versions(table.get("same_meaning_as", []), place),
    )
    if place.problems:
        raise RubricError(place.problems)
    return replace(rubric, version=documents.version(rubric))


def _paragraphs(value: Any, place: Place) -> tuple[str, ...]:
    paragraphs = place.entries(value, what="'paragraphs'", least=FEWEST_LEVELS, most=MOST_LEVELS)
    return tuple(
        place.at(f"level {level}").text(paragraph, what="the paragraph", limit=LONGEST_PARAGRAPH)
        for level, paragraph in enumerate(paragraphs, start=1)
    )


def _versions(value: Any, place: Place) -> frozenset[str]:
    versions = place.entries(value, what="'same_meaning_as'", least=0, most=None)
    for version in versions:
        if not _matches(VERSION, version):
            place.problem(
                f"'same_meaning_as' has {version!r}, which is no version; "
                f"write the {documents.VERSION_LENGTH} characters 0-9 and a-f of an earlier one."
            )
    return frozenset(version for version in versions if isinstance(version, str))


def _dimensions(value: Any, place: Place, paragraphs: Any) -> tuple[Dimension, ...]:
    tables = place.entries(value, what="'dimensions'", least=1, most=MOST_DIMENSIONS)
    # Where the paragraphs are wrong themselves, each dimension is held to its own number of levels.
    agreed = isinstance(paragraphs, list) and FEWEST_LEVELS <= len(paragraphs) <= MOST_LEVELS
    levels = (len(paragraphs),) * 2 if agreed else (FEWEST_LEVELS, MOST_LEVELS)
    quoted = paragraphs if agreed else []
    dimensions = []
    keys: set[str] = set()
    action_keys: set[str] = set()
    for number, entry in enumerate(tables, start=1):
        key = entry.get("key") if isinstance(entry, dict) else None
        here = place.at(f"dimension {key}" if _matches(DIMENSION_KEY, key) else f"dimension number {number}")
        table = here.table(entry, keys=DIMENSION_KEYS)
        if table is not None:
            dimension = _dimension(table, here, levels=levels, paragraphs=quoted, action_keys=action_keys)
            if dimension.key and dimension.key in keys:
                here.problem(f"the key '{dimension.key}' is used twice; write another capital letter.")
            keys.add(dimension.key)
            dimensions.append(dimension)
    return tuple(dimensions)


def _dimension(
    table: Mapping[str, Any],
    place: Place,
    *,
    levels: tuple[int, int],
    paragraphs: Sequence[Any],
    action_keys: set[str],
) -> Dimension:
    least, most = levels
    texts = place.entries(table.get("levels"), what="'levels'", least=least, most=most)
    return Dimension(
        key=_dimension_key(table.get("key"), place),
        name=place.text(table.get("name"), what="'name'", limit=LONGEST_NAME),
        question=place.text(table.get("question"), what="'question'", limit=LONGEST_QUESTION),
        levels=tuple(
            place.at(f"level {level}").text(text, what="the text", limit=LONGEST_LEVEL)
            for level, text in enumerate(texts, start=1)
        ),
        outcome=_outcome(table.get("outcome", False), place),
        # Which steps and splits there are can't be told while the number of levels is wrong.
        actions=_actions(table.get("actions"), place, highest=len(texts), seen=action_keys) if texts else {},
        discussions=_discussions(table.get("discussions"), place, highest=len(texts)) if texts else {},
        gloss=place.text(table["gloss"], what="'gloss'", limit=LONGEST_QUOTE) if "gloss" in table else "",
        clauses=_clauses(table["clauses"], place, paragraphs=paragraphs) if "clauses" in table else (),
    )


def _clauses(value: Any, place: Place, *, paragraphs: Sequence[Any]) -> tuple[str, ...]:
    """What each level's paragraph says of a dimension, in its own words: they are shown as a quotation."""
    if not paragraphs:
        return ()  # whether they quote it can't be told while the paragraphs are wrong
    clauses = place.entries(value, what="'clauses'", least=len(paragraphs), most=len(paragraphs))
    for level, (clause, paragraph) in enumerate(zip(clauses, paragraphs, strict=False), start=1):
        here = place.at(f"level {level}")
        said = here.text(clause, what="the clause", limit=LONGEST_QUOTE)
        if said and said not in str(paragraph):
            here.problem(f"the clause {said!r} isn't in its paragraph; quote it word for word.")
    return tuple(str(clause) for clause in clauses)


def _dimension_key(value: Any, place: Place) -> str:
    if isinstance(value, str) and _matches(DIMENSION_KEY, value):
        return value
    place.problem(f"'key' is {'missing' if value is None else repr(value)}; write one capital letter in quotes.")
    return ""


def _outcome(value: Any, place: Place) -> bool:
    if isinstance(value, bool):
        return value
    place.problem(f"'outcome' is {value!r}; write true for what comes of the other dimensions, else false.")
    return False


def _discussions(value: Any, place: Place, *, highest: int) -> Mapping[tuple[int, int], str]:
    """A question for each lowest and highest level that lie two or more apart: nearer ones are never split."""
    pairs = {f"{low}-{high}": (low, high) for low, high in combinations(range(1, highest + 1), 2) if high - low > 1}
    table = place.at("'discussions'").table(value, keys=tuple(pairs))
    if table is None:
        return {}
    return MappingProxyType(
        {
            pair: place.at(f"levels {key}").text(table.get(key), what="the discussion", limit=LONGEST_QUESTION)
            for key, pair in pairs.items()
        }
    )


def _actions(value: Any, place: Place, *, highest: int, seen: set[str]) -> Mapping[int, tuple[Action, ...]]:
    levels = {str(level): level for level in range(1, highest + 1)}
    table = place.at("'actions'").table(value, keys=tuple(levels))
    if table is None:
        return {}
    return MappingProxyType(
        {level: _step(table.get(key), place.at(f"level {level}"), seen=seen) for key, level in levels.items()}
    )


def _step(value: Any, place: Place, *, seen: set[str]) -> tuple[Action, ...]:
    actions = []
    for number, entry in enumerate(place.entries(value, what="'actions'", least=1, most=None), start=1):
        key = entry.get("key") if isinstance(entry, dict) else None
        here = place.at(f"action {key}" if _matches(ACTION_KEY, key) else f"action number {number}")
        table = here.table(entry, keys=ACTION_KEYS)
        if table is not None:
            actions.append(_action(table, here, seen=seen))
    return tuple(actions)


def _action(table: Mapping[str, Any], place: Place, *, seen: set[str]) -> Action:
    key, effort = table.get("key"), table.get("effort")
    if not _matches(ACTION_KEY, key):
        shown = "missing" if key is None else repr(key)
        place.problem(f"'key' is {shown}; write 1 to 20 letters, digits, dots, dashes or underscores in quotes.")
    elif key in seen:
        place.problem(f"the key '{key}' is used twice; write another.")
    seen.add(str(key))
    if effort not in list(Effort):
        place.problem(f'\'effort\' is {"missing" if effort is None else repr(effort)}; write "S", "M" or "L".')
        effort = Effort.SMALL
    return Action(
        key=str(key),
        text=place.text(table.get("text"), what="'text'", limit=LONGEST_ACTION),
        effort=Effort(effort),
        source=place.text(table.get("source"), what="'source'", limit=LONGEST_CREDIT),
    )


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
