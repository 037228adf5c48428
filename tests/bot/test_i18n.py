import asyncio
import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot.kit.i18n import _, ngettext, speaking


@pytest.fixture
def spanish(tmp_path: Path) -> gettext.NullTranslations:
    """A catalogue as Babel compiles what a translator made of the template."""
    catalogue = Catalog(locale="es")
    catalogue.add("Closed.", "Cerrado.")
    catalogue.add(("{n} question", "{n} questions"), ("{n} pregunta", "{n} preguntas"))
    compiled = tmp_path / "maturity.mo"
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file)


def test_english_is_what_the_code_says() -> None:
    assert _("Closed.") == "Closed."
    assert ngettext("{n} question", "{n} questions", 1) == "{n} question"
    assert ngettext("{n} question", "{n} questions", 5) == "{n} questions"


def test_within_the_block_sentences_come_from_the_catalogue(spanish: gettext.NullTranslations) -> None:
    with speaking(spanish):
        assert _("Closed.") == "Cerrado."
        assert ngettext("{n} question", "{n} questions", 5).format(n=5) == "5 preguntas"
        assert _("Not translated yet.") == "Not translated yet."
    assert _("Closed.") == "Closed."


def test_after_an_error_it_speaks_as_before(spanish: gettext.NullTranslations) -> None:
    with pytest.raises(ValueError, match="no"), speaking(spanish):
        raise ValueError("no")
    assert _("Closed.") == "Closed."


def test_a_language_within_another_ends_with_its_block(spanish: gettext.NullTranslations) -> None:
    with speaking(spanish):
        with speaking(gettext.NullTranslations()):
            assert _("Closed.") == "Closed."
        assert _("Closed.") == "Cerrado."


@pytest.mark.waits
async def test_two_people_are_answered_at_once_each_in_their_language(spanish: gettext.NullTranslations) -> None:
    met = asyncio.Barrier(2)

    async def answer(catalogue: gettext.NullTranslations) -> str:
        with speaking(catalogue):
            await met.wait()
            return _("Closed.")

    theirs, ours = await asyncio.gather(answer(spanish), answer(gettext.NullTranslations()))
    assert (theirs, ours) == ("Cerrado.", "Closed.")
