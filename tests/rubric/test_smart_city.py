"""The packaged model: the City of Austin's wording, word for word, and our library of actions."""

import tomllib
from importlib.resources import files

from rubric import Effort, load

RUBRIC = load()


def test_the_model_asks_five_questions_of_four_levels_each() -> None:
    assert [(dimension.key, dimension.name, dimension.question) for dimension in RUBRIC.dimensions] == [
        ("A", "Engage society", "How openly do you allow others to participate?"),
        ("B", "Lead collaboratively", "What does your leadership look like on your teams?"),
        ("C", "Work across disciplines, systems", "How do teams work together?"),
        ("D", "Tech and data", "How is content managed and technologies used?"),
        ("E", "Capability", "How evolved is your ability to solve problems?"),
    ]
    assert RUBRIC.highest == 4
    assert sum(len(dimension.levels) for dimension in RUBRIC.dimensions) == 20


def test_every_level_text_is_the_published_one() -> None:
    assert {dimension.key: dimension.levels for dimension in RUBRIC.dimensions} == {
        "A": (
            "1-way/broadcast information",
            "2-way engagement, receive input",
            "Close the feedback loop",
            "Inclusive partnerships/relationships",
        ),
        "B": (
            "Hierarchical",
            "Encourage team problem-solving",
            "Shared accountability for outcomes",
            "Transparent multi-partner governance",
        ),
        "C": ("Silos", "Across disciplines or units", "Across teams or departments", "Across systems"),
        "D": (
            "Paper/no data",
            "Some automation/some data",
            "Transactional services/analytics",
            "Integrated systems/data models",
        ),
        "E": (
            "In-person, one episode at a time",
            "Some analysis - high level trends",
            "Deeper analysis, identify hidden problems, respond",
            "Real-time data, predictive, proactive, transformative",
        ),
    }


def test_each_level_has_its_published_paragraph() -> None:
    assert [paragraph.split(maxsplit=3)[:3] for paragraph in RUBRIC.paragraphs] == [
        ["Level", "1", "involves"],
        ["Level", "2", "involves"],
        ["Level", "3", "sees"],
        ["Level", "4", "evolves"],
    ]
    one, two, three, four = RUBRIC.paragraphs
    assert one.endswith("thus problem-solving must be done in person, one episode at a time.")
    assert "solicit input from others, enabled by some automated technologies that yield data" in two
    assert three.endswith("identify more hidden problems, yielding in a more responsive problem-solving capability.")
    assert "This stage transforms cities into hyper-efficient, sustainable, and resilient systems" in four
    assert not any("*" in paragraph for paragraph in RUBRIC.paragraphs)


def test_each_dimension_is_glossed_in_the_city_s_own_words() -> None:
    assert {dimension.key: dimension.gloss for dimension in RUBRIC.dimensions} == {
        "A": "Engaging people – how we invite in participation and perspectives of the people we serve",  # noqa: RUF001 - the City's "--"
        "B": "Leading collaboratively – how we organize ourselves and set direction",  # noqa: RUF001
        "C": "Working across disciplines and systems – how we collaborate inside and outside of the city government",  # noqa: RUF001
        "D": "integrating data and technology – which powers efficiency and automation in a smart city",  # noqa: RUF001
        "E": "overall capability to solve problems and meet goals that comes when technology meets people and process",
    }


def test_each_level_of_each_dimension_has_its_clause_of_the_published_paragraph() -> None:
    for dimension in RUBRIC.dimensions:
        assert len(dimension.clauses) == RUBRIC.highest
        for clause, paragraph in zip(dimension.clauses, RUBRIC.paragraphs, strict=True):
            assert clause in paragraph
    assert RUBRIC["A"].clauses[0] == "communicate one-way"
    assert RUBRIC["E"].clauses[3] == "a proactive, predictive problem-solving capability"


def test_the_wording_of_0_1_0_goes_on() -> None:
    """Answers to the model before it quoted anything compare: not a word that is asked has changed."""
    assert "e1e4219641234193" in RUBRIC.same_meaning_as


def test_capability_alone_is_an_outcome_of_the_others() -> None:
    assert [dimension.key for dimension in RUBRIC.dimensions if dimension.outcome] == ["E"]


def test_every_step_has_three_actions_of_which_all_sixty_differ() -> None:
    steps = [actions for dimension in RUBRIC.dimensions for actions in dimension.actions.values()]
    actions = [action for step in steps for action in step]
    assert [len(step) for step in steps] == [3] * 20
    assert len({action.key for action in actions}) == len({action.text for action in actions}) == 60
    assert all(action.source for action in actions)
    assert {effort: [action.effort for action in actions].count(effort) for effort in Effort} == {
        Effort.SMALL: 24,
        Effort.MEDIUM: 27,
        Effort.LARGE: 9,
    }


def test_actions_stand_at_the_step_that_their_key_names() -> None:
    for dimension in RUBRIC.dimensions:
        for level, actions in dimension.actions.items():
            step = "S" if level == 4 else str(level)
            assert [action.key for action in actions] == [f"{dimension.key}{step}.{number}" for number in (1, 2, 3)]
    adopt = RUBRIC["B"].actions[2][0]
    assert (
        adopt.text
        == "Agree one resident outcome and two measures the whole team owns, and put them first on each agenda."
    )


def test_every_possible_split_has_a_short_question() -> None:
    for dimension in RUBRIC.dimensions:
        assert set(dimension.discussions) == {(1, 3), (2, 4), (1, 4)}
        for question in dimension.discussions.values():
            assert "?" in question
            assert len(question) <= 140


def test_the_file_is_in_the_package() -> None:
    document = tomllib.loads(files("rubric").joinpath("smart_city.toml").read_text(encoding="utf-8"))
    assert document["name"] == RUBRIC.name == "Smart city maturity model"
    assert RUBRIC.source.startswith("City of Austin")
