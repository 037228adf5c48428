"""What holds for every message and modal: Slack takes it, nobody is pinged by what was typed, a translator has it."""

import gettext
import re
from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.kit.i18n import speaking
from bot.sandbox.block_kit import check_message, check_view
from bot.slack.blocks import MOST_BYTES, Block, Message, size
from rubric import Action, Dimension, Rubric, load
from tests.bot.views.home_samples import homes
from tests.bot.views.reading import texts
from tests.bot.views.samples import messages, views
from tests.bot.views.values import TEAM

HOSTILE = "<!channel> <!here|x> <https://elsewhere.example|your bank> & <!subteam^S1> `*_~"
GREEK = "λ"


@dataclass(frozen=True)
class Drawn:
    """Everything that the views draw, by name."""

    messages: dict[str, Message]
    views: dict[str, Block]
    homes: dict[str, Block]

    def __getitem__(self, name: str) -> Message | Block:
        return (self.messages | self.views | self.homes)[name]


def draw(model: Rubric, typed: str) -> Drawn:
    at_home = {f"Home: {name}": view for name, view in homes(typed, model=model).items()}
    return Drawn(messages(model, typed), views(model, typed), at_home)


@cache
def drawn(typed: str) -> Drawn:
    """Everything, where people typed this; drawn once for all tests."""
    return draw(load(), typed)


@cache
def drawn_abroad() -> Drawn:
    """Everything in a language of brackets, of a model in Greek, where people typed Greek."""
    with speaking(Bracketed()):
        return draw(greek(load()), GREEK)


USUAL = drawn(TEAM)
ALL = (*USUAL.messages, *USUAL.views, *USUAL.homes)

# The parts of a text that Slack acts on, and that we put there: dates, channels, who shared, the app itself, our links.
OURS = re.compile(
    r"<!date\^\d+\^(?:\{date_(?:long|short)_pretty\} at \{time\}|\{date_long\})\|[^<>]*>|<#C1>|<@U[01]>"
    r"|<https://example\.slack\.com/[^<>]*>"
)


@pytest.mark.parametrize("typed", [TEAM, HOSTILE, "x" * 80, "⚙️" * 40], ids=["usual", "hostile", "long", "emoji"])
@pytest.mark.parametrize("name", USUAL.messages)
def test_slack_takes_every_message(name: str, typed: str) -> None:
    message = drawn(typed).messages[name]
    assert message.text
    assert check_message(message.text, message.blocks, None, None) is None
    assert size(message.blocks) <= MOST_BYTES


@pytest.mark.parametrize("typed", [TEAM, HOSTILE, "x" * 80, "⚙️" * 40], ids=["usual", "hostile", "long", "emoji"])
@pytest.mark.parametrize("name", USUAL.views)
def test_slack_takes_every_modal(name: str, typed: str) -> None:
    assert check_view(drawn(typed).views[name]) is None


@pytest.mark.parametrize("typed", [TEAM, HOSTILE, "x" * 80, "⚙️" * 40], ids=["usual", "hostile", "long", "emoji"])
@pytest.mark.parametrize("name", USUAL.homes)
def test_slack_takes_every_home(name: str, typed: str) -> None:
    assert check_view(drawn(typed).homes[name], allowed=("home",)) is None


@pytest.mark.parametrize("name", ALL)
def test_no_section_is_folded_behind_show_more(name: str) -> None:
    """Slack folds a section by its height unless it says `expand`, wherever it stands."""
    found = USUAL[name]
    blocks = found.blocks if isinstance(found, Message) else found["blocks"]
    assert [each for each in blocks if each["type"] == "section" and each.get("expand") is not True] == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_people_type_pings_or_links(name: str) -> None:
    marked = [OURS.sub("", text) for kind, text in texts(drawn(HOSTILE)[name]) if kind == "mrkdwn"]
    assert not [text for text in marked if "<" in text or ">" in text.replace("\n>", "")]


@pytest.mark.parametrize("name", ALL)
def test_every_word_comes_from_the_catalogue(name: str) -> None:
    assert [text for _kind, text in texts(drawn_abroad()[name]) if re.search("[A-Za-z]", outside_brackets(text))] == []


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_told_by_emoji_and_nothing_shouts(name: str) -> None:
    said = " ".join(OURS.sub("", text) for _kind, text in texts(USUAL[name]))
    assert not re.search(r":[a-z_]+:|[\U0001F000-\U0001FFFF]|!", said)


class Bracketed(gettext.NullTranslations):
    """A language in which every sentence is English between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def outside_brackets(text: str) -> str:
    """What no catalogue gave, without what needs none: dates, mentions, addresses, names of zones, the command."""
    text = re.sub(r"<https?://[^|<>]*\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<[^<>]*>|/maturity|America/Chicago", "", text)
    depth, left = 0, ""
    for character in text:
        depth += (character == "⟦") - (character == "⟧")
        left += character if depth == 0 and character != "⟧" else ""
    return left


def greek(model: Rubric) -> Rubric:
    """The model in letters that none of our own sentences has."""

    def text(original: str) -> str:
        return re.sub("[A-Za-z]", GREEK, original)

    def action(original: Action) -> Action:
        return replace(original, text=text(original.text), source=text(original.source))

    def dimension(original: Dimension, key: str) -> Dimension:
        return replace(
            original,
            key=key,
            name=text(original.name),
            question=text(original.question),
            levels=tuple(map(text, original.levels)),
            gloss=text(original.gloss),
            clauses=tuple(map(text, original.clauses)),
            actions={level: tuple(map(action, each)) for level, each in original.actions.items()},
            discussions={pair: text(question) for pair, question in original.discussions.items()},
        )

    return replace(
        model,
        name=text(model.name),
        source=text(model.source),
        paragraphs=tuple(map(text, model.paragraphs)),
        dimensions=tuple(dimension(each, key) for each, key in zip(model.dimensions, "ΓΔΘΛΞ", strict=True)),
    )


def test_the_check_for_untranslated_words_finds_one() -> None:
    assert outside_brackets("⟦Closes ⟦x⟧⟧ now") == " now"
