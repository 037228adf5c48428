"""Small maturity models for tests, of any number of levels."""

import json
from itertools import combinations
from typing import Any

from rubric import Rubric, from_json


def document(*, levels: int = 4, dimensions: str = "ABC", outcomes: str = "") -> dict[str, Any]:
    """A model as plain tables: every dimension with one action a level, A1.1 leading from 1 to 2."""
    return {
        "name": "A model",
        "source": "Its makers",
        "paragraphs": [f"Level {level} looks like this." for level in range(1, levels + 1)],
        "dimensions": [
            {
                "key": key,
                "name": f"Dimension {key}",
                "question": f"How about {key}?",
                "outcome": key in outcomes,
                "levels": [f"{key} at {level}" for level in range(1, levels + 1)],
                "discussions": {
                    f"{low}-{high}": f"What makes {low} and {high}?"
                    for low, high in combinations(range(1, levels + 1), 2)
                    if high - low > 1
                },
                "actions": {
                    str(level): [
                        {"key": f"{key}{level}.1", "effort": "S", "text": f"Do {key}.", "source": "A practice"}
                    ]
                    for level in range(1, levels + 1)
                },
            }
            for key in dimensions
        ],
    }


def model(*, levels: int = 4, dimensions: str = "ABC", outcomes: str = "") -> Rubric:
    return from_json(json.dumps(document(levels=levels, dimensions=dimensions, outcomes=outcomes)))
