"""Every sentence a person reads passes through here, so that other languages can come without a change where it's said.

So far all is English, written in the code: there is no other catalogue, and nothing in the program enters `speaking`.
Messages carry named placeholders (`_("Round {number}").format(number=6)`), so that a translator may move them.
`make messages` extracts the template `bot/locale/maturity.pot` with Babel.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[gettext.NullTranslations | None] = ContextVar("translations", default=None)
_english = gettext.NullTranslations()


@contextmanager
def speaking(catalogue: gettext.NullTranslations) -> Iterator[None]:
    """Within the block, in this task, sentences come from `catalogue`.

    The tests use it to find a sentence that doesn't pass through here; whoever adds a language enters it with that of
    who will read the answer.
    """
    token = _current.set(catalogue)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str) -> str:
    """The sentence from the catalogue of the block around the call; English where there is none."""
    return (_current.get() or _english).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """As `_`, in the form that the number asks for; `n` is also its `{n}` placeholder by habit."""
    return (_current.get() or _english).ngettext(singular, plural, n)
