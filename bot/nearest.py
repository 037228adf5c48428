"""What somebody probably meant, for a sentence that says so."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


def nearest(wanted: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The key whose names look most like what was typed, or None where nothing does."""
    keys = {name.casefold().replace(" ", "_"): key for key, spellings in names.items() for name in spellings}
    found = get_close_matches(wanted.strip().casefold().replace(" ", "_"), keys, n=1)
    return keys[found[0]] if found else None
