"""However much there is to say, a summary stays a message that Slack takes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.rubric_views import check_size
from bot.sandbox.block_kit import check_message, check_view
from bot.slack.blocks import MOST_BYTES, Message, size
from bot.summary.details_views import details
from bot.summary.views import ShownPicture, SummaryCard, summary
from rubric import Rubric, Tally
from storage.kinds import ActionState
from tests.bot.views.reading import page
from tests.bot.views.values import a_card, a_model, an_item, follow_ups_of

MODELS = tuple(
    model
    for model in (a_model(dimensions=7), a_model(dimensions=8, levels=4), a_model(dimensions=4, letter="漢"))
    if check_size(model) is None
)
TEXTS = st.text(alphabet=st.sampled_from('x& <>*\n"漢🏙'), min_size=1, max_size=500)


@st.composite
def cards(draw: st.DrawFn) -> SummaryCard:
    """Results of the largest models there can be, of up to 60 people with long names and much to say."""
    model: Rubric = draw(st.sampled_from(MODELS))
    asked = draw(st.integers(0, 60))
    tallies, names = {}, {}
    for dimension in model.dimensions:
        places = draw(st.lists(st.integers(0, model.highest), max_size=asked))
        counts = tuple(places.count(level) for level in range(1, model.highest + 1))
        tallies[dimension.key] = Tally(counts, places.count(0))
        names[dimension.key] = {level or None: [draw(TEXTS)] * places.count(level) for level in set(places)}
    named = draw(st.booleans())
    texts = draw(st.lists(TEXTS, max_size=3))
    return a_card(
        tallies,
        model=model,
        asked=asked,
        confidential=not named,
        names=names if named else None,
        notes={dimension.key: texts * draw(st.integers(0, 10)) for dimension in model.dimensions},
        team=draw(TEXTS)[:80],
        alt_text=draw(TEXTS),
        picture=ShownPicture("F1", draw(TEXTS) + "x"),
        follow_ups=follow_ups_of(draw(TEXTS), "A") * draw(st.integers(0, 10)),
    )


@given(card=cards(), share=st.booleans())
@settings(max_examples=60, deadline=None)
def test_slack_takes_any_summary(card: SummaryCard, share: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    drawn = summary(replace(card, alt_text=card.alt_text + "x"), share_value="12" if share else None)
    assert refused(drawn) is None
    assert size(drawn.blocks) <= MOST_BYTES
    assert check_view(details(card)) is None


def test_actions_that_are_not_offered_are_left_out() -> None:
    card = a_card()
    first = replace(card.summary.work_on[0], actions=("C1.2",))
    said = page(summary(replace(card, summary=replace(card.summary, work_on=(first,)))))
    assert said.count("\nAdopt") == 1
    assert "\nMap the service end to end" in said


def test_where_all_is_long_the_paragraph_goes_first() -> None:
    everyone = {key: Tally((5, 5, 0, 0, 0)) for key in "ABCDEFGH"}
    whole = page(summary(a_card(everyone, model=a_model(), asked=10)))
    assert "xxx on level 1: “x" in whole
    assert "5 people at level 1, 5 at level 2" in whole
    items = follow_ups_of("漢" * 300, "A")
    adopted = {f"{key}1.{number}": an_item(text="漢" * 300) for key in "ABCDEFGH" for number in (1, 2, 3)}
    card = a_card(everyone, model=a_model(letter="\N{FAMILY}"), asked=10, follow_ups=items, taken_on=adopted)
    cut = page(summary(card))
    assert "*Due or overdue*\n• <@U1>, overdue by 1 day, needs leadership: 漢" in cut
    assert "on level 1: “" not in cut


def test_action_items_that_have_no_room_are_counted() -> None:
    items = [each for each in follow_ups_of("so " * 99, "A") if each.item.state is ActionState.OPEN] * 6
    drawn = summary(a_card(follow_ups=items))
    assert refused(drawn) is None
    assert size(drawn.blocks) <= MOST_BYTES
    assert "\nand 27 more\n" in page(drawn)


def test_the_largest_summary_keeps_its_questions_and_actions() -> None:
    model = a_model(dimensions=8, levels=4)
    tallies = {key: Tally((5, 0, 0, 5)) for key in "ABCDE"} | {key: Tally((5, 5, 0, 0)) for key in "FGH"}
    card = a_card(tallies, model=model, asked=10, team="x" * 80)
    drawn = summary(card)
    assert refused(drawn) is None
    assert page(drawn).count("*: xxx") == 5
    assert page(drawn).count("\nAdopt") == 2


def refused(drawn: Message) -> object:
    return check_message(drawn.text, drawn.blocks, None, None)
