"""More ideas: the library of every dimension for its level, and what the team has made of it."""

from dataclasses import replace

from bot.sandbox.block_kit import check_view
from bot.slack.ids import Do
from bot.summary.ideas_views import more_ideas
from bot.summary.views import SummaryCard
from rubric import Tally
from storage.kinds import ActionState
from tests.bot.views.reading import page
from tests.bot.views.values import a_card, a_model, an_item


def offered(card: SummaryCard) -> list[str]:
    """Keys of the actions that have a button."""
    accessories = [block["accessory"] for block in more_ideas(card)["blocks"] if "accessory" in block]
    assert {each["action_id"] for each in accessories} <= {Do.ADOPT}
    return [each["value"].removeprefix("12:") for each in accessories]


def test_every_dimension_with_a_level_has_its_three_actions_those_to_work_on_first() -> None:
    assert offered(a_card()) == [f"{step}.{number}" for step in ("C1", "A2", "B3", "D2") for number in (1, 2, 3)]
    level = dict.fromkeys("ABCDE", Tally((0, 5, 4, 0)))
    assert offered(a_card(level))[-3:] == ["E2.1", "E2.2", "E2.3"]


def test_an_action_says_its_effort_and_its_source_and_once_what_that_is_worth() -> None:
    said = page(more_ideas(a_card()))
    assert (
        "*To reach level 2 in C. Work across disciplines, systems*\nAcross disciplines or units\n"
        "Invite one person from another discipline (design, data, legal, front line) to your weekly meeting.\n"
        "Small effort · Source: GDS Service Standard 6 (multidisciplinary team)\nAdopt\n"
    ) in said
    assert said.count("Which action fits which level is a judgment; its effect hasn't been tested.") == 1


def test_a_split_dimension_has_none_and_it_says_why() -> None:
    assert "No actions for E. Capability: without a level there is no next step." in page(more_ideas(a_card()))


def test_what_the_team_did_or_dropped_is_not_offered_again_and_what_it_has_says_whose_it_is() -> None:
    taken_on = {
        "B3.1": an_item(state=ActionState.DONE),
        "B3.2": an_item(state=ActionState.DROPPED),
        "B3.3": an_item(text="In our words"),
        "D2.1": an_item(state=ActionState.DONE),
        "D2.2": an_item(state=ActionState.DONE),
        "D2.3": an_item(state=ActionState.DONE),
    }
    card = a_card(taken_on=taken_on)
    assert offered(card) == ["C1.1", "C1.2", "C1.3", "A2.1", "A2.2", "A2.3"]
    said = page(more_ideas(card))
    assert "*Adopted*: “In our words” · <@U1>, due 3 November 2026" in said
    assert "The team has done or dropped every action for this level." in said


def test_the_largest_model_has_room() -> None:
    model = a_model()
    tallies = {each.key: Tally((0, 5, 4, 0, 0)) for each in model.dimensions}
    drawn = more_ideas(a_card(tallies, model=model))
    assert check_view(drawn) is None
    many = replace(
        model,
        dimensions=tuple(
            replace(
                each, actions={level: tuple(replace(one, key=f"{one.key}.{n}") for one in some for n in range(9))
                               for level, some in each.actions.items()}
            )
            for each in model.dimensions
        ),
    )  # fmt: skip
    drawn = more_ideas(a_card(tallies, model=many))
    assert check_view(drawn) is None
    assert all(f" in {key}. " in page(drawn) or key == "H" for key in "ABCDEFG")
