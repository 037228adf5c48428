"""Every sentence a person reads passes through here: English is written in the code, other languages are catalogues.

Messages carry named placeholders (`_("Round {number}").format(number=6)`), so that a translator may move them.
`make messages` extracts the template `bot/locale/maturity.pot` with Babel.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LOCALES = Path(__file__).with_name("locale")

_current: ContextVar[gettext.NullTranslations | None] = ContextVar("translations", default=None)
_english = gettext.NullTranslations()


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language (`es`, or Slack's `es-ES`); English where there is none."""
    tags = [language.replace("-", "_"), language.split("-", maxsplit=1)[0]]
    return gettext.translation("maturity", LOCALES, languages=tags, fallback=True)


@contextmanager
def speaking(catalogue: gettext.NullTranslations) -> Iterator[None]:
    """Within the block, in this task, sentences come from `catalogue`."""
    token = _current.set(catalogue)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str) -> str:
    """The sentence in the language of whoever will read it."""
    return (_current.get() or _english).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence in the form that the number asks for; `n` is also its `{n}` placeholder by habit."""
    return (_current.get() or _english).ngettext(singular, plural, n)
