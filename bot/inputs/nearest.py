"""What somebody probably meant, for a sentence that says so."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from bot.inputs.typed import key


def nearest(wanted: str, names: Mapping[str, Iterable[str]], *, good: float = 0.6) -> str | None:
    """The key whose names look most like what was typed, or None where nothing is `good` (1: the same) enough."""
    known = {_form(name): each for each, spellings in names.items() for name in spellings}
    found = get_close_matches(_form(wanted), known, n=1, cutoff=good)
    return known[found[0]] if found else None


def _form(name: str) -> str:
    return key(name).replace(" ", "_")
