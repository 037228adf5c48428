"""A maturity model as plain tables, lists and texts, in the shape of its TOML; and the version made from them."""

import hashlib
import json
from typing import Any

from rubric.model import Dimension, Rubric

VERSION_LENGTH = 16


def plain(rubric: Rubric) -> dict[str, Any]:
    """The whole model but its version, which follows from the rest."""
    return {
        "name": rubric.name,
        "source": rubric.source,
        "same_meaning_as": sorted(rubric.same_meaning_as),
        "paragraphs": list(rubric.paragraphs),
        "dimensions": [
            {
                **_quoted(dimension),
                "key": dimension.key,
                "name": dimension.name,
                "question": dimension.question,
                "outcome": dimension.outcome,
                "levels": list(dimension.levels),
                "discussions": {f"{low}-{high}": text for (low, high), text in dimension.discussions.items()},
                "actions": {
                    str(level): [
                        {"key": action.key, "effort": action.effort.value, "text": action.text, "source": action.source}
                        for action in actions
                    ]
                    for level, actions in dimension.actions.items()
                },
            }
            for dimension in rubric.dimensions
        ],
    }


def _quoted(dimension: Dimension) -> dict[str, Any]:
    """Gloss and clauses where there are any: a model from before they came keeps its version."""
    quoted: dict[str, Any] = {"gloss": dimension.gloss, "clauses": list(dimension.clauses)}
    return {key: said for key, said in quoted.items() if said}


def version(rubric: Rubric) -> str:
    """The first 16 hexadecimal digits of SHA-256 over everything that is said, in one canonical JSON text.

    What a model is comparable with (`same_meaning_as`) is no part of what it says.
    """
    said = {key: value for key, value in plain(rubric).items() if key != "same_meaning_as"}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:VERSION_LENGTH]
