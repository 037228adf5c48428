import asyncio
import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot import i18n
from bot.i18n import _, ngettext, speaking, translations


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> gettext.NullTranslations:
    """A catalogue as `make messages` and a translator leave it."""
    catalogue = Catalog(locale="es")
    catalogue.add("Closed.", "Cerrado.")
    catalogue.add(("{n} question", "{n} questions"), ("{n} pregunta", "{n} preguntas"))
    compiled = tmp_path / "es" / "LC_MESSAGES" / "maturity.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "LOCALES", tmp_path)
    translations.cache_clear()
    found = translations("es-ES")
    translations.cache_clear()
    return found


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


async def test_two_people_are_answered_at_once_each_in_their_language(spanish: gettext.NullTranslations) -> None:
    met = asyncio.Barrier(2)

    async def answer(catalogue: gettext.NullTranslations) -> str:
        with speaking(catalogue):
            await met.wait()
            return _("Closed.")

    theirs, ours = await asyncio.gather(answer(spanish), answer(gettext.NullTranslations()))
    assert (theirs, ours) == ("Cerrado.", "Closed.")


def test_a_language_without_a_catalogue_is_english() -> None:
    assert translations("tlh").gettext("Closed.") == "Closed."
