"""What somebody probably meant, for a sentence that says so."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def nearest(wanted: str, names: Mapping[str, Iterable[str]], *, good: float = 0.6) -> str | None:
    """The key whose names look most like what was typed, or None where nothing is `good` (1: the same) enough."""
    keys = {name.casefold().replace(" ", "_"): key for key, spellings in names.items() for name in spellings}
    found = get_close_matches(wanted.strip().casefold().replace(" ", "_"), keys, n=1, cutoff=good)
    return keys[found[0]] if found else None
