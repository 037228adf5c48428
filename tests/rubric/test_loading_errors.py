"""What is said when something is wrong with a model's file: where, what, and what to write instead."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest

from rubric import RubricError, from_json, parse
from tests.rubric.models import document

PACKAGED = files("rubric").joinpath("smart_city.toml").read_text(encoding="utf-8")


def said_of(changed: str, *, file: str = "city.toml") -> list[str]:
    with pytest.raises(RubricError) as refused:
        parse(changed, file=file)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return list(refused.value.problems)


def said_of_packaged(old: str, new: str) -> list[str]:
    assert old in PACKAGED
    return said_of(PACKAGED.replace(old, new, 1))


ALIKE = next(line for line in PACKAGED.splitlines() if line.startswith("same_meaning_as"))
ON_ONE_LINE = "characters in quotes, on one line."


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('name = "Smart city maturity model"\n', "", f"'name' is missing; write 1 to 60 {ON_ONE_LINE}"),
        ('name = "Smart city maturity model"', "name = 7", f"'name' is 7; write 1 to 60 {ON_ONE_LINE}"),
        ('"Smart city maturity model"', "true", f"'name' is true; write 1 to 60 {ON_ONE_LINE}"),
        (
            '"Smart city maturity model"',
            f'"{"x" * 61}"',
            f"'name' has 61 characters; write 1 to 60 {ON_ONE_LINE}",
        ),
        ("Silos", "", f"dimension C, level 1: the text is empty; write 1 to 70 {ON_ONE_LINE}"),
        ("Silos", "Silos ", f"dimension C, level 1: the text begins or ends with a blank; write 1 to 70 {ON_ONE_LINE}"),
        (
            "Silos",
            "Si\\nlos",
            f"dimension C, level 1: the text has a line break or control character; write 1 to 70 {ON_ONE_LINE}",
        ),
        (
            "Paper/no data",
            "Paper/no data" * 10,
            f"dimension D, level 1: the text has 130 characters; write 1 to 70 {ON_ONE_LINE}",
        ),
        ('  "Silos",\n', "", "dimension C: 'levels' has 3 entries; write 4."),
        (
            '"siloed and separated teams"',
            '"silos and alone"',
            "dimension C, level 1: the clause 'silos and alone' isn't in its paragraph; quote it word for word.",
        ),
        ('  "siloed and separated teams",\n', "", "dimension C: 'clauses' has 3 entries; write 4."),
        (
            'gloss = "Engaging',
            'gloss = " Engaging',
            f"dimension A: 'gloss' begins or ends with a blank; write 1 to 250 {ON_ONE_LINE}",
        ),
        ('key = "B"', 'key = "b"', "dimension number 2: 'key' is 'b'; write one capital letter in quotes."),
        ('key = "B"\n', "", "dimension number 2: 'key' is missing; write one capital letter in quotes."),
        ('key = "B"', 'key = "A"', "dimension A: the key 'A' is used twice; write another capital letter."),
        ("question = ", "qestion = ", "dimension A: unknown key 'qestion'; did you mean 'question'?"),
        (
            'key = "A"',
            'key = "A"\nweight = 2',
            (
                "dimension A: unknown key 'weight'; write one of 'key', 'name', 'question', 'outcome', 'levels', "
                "'gloss', 'clauses', 'discussions', 'actions'."
            ),
        ),
        (
            "outcome = true\n",
            "outcome = 1\n",
            "dimension E: 'outcome' is 1; write true for what comes of the other dimensions, else false.",
        ),
        (
            "How do teams work together?",
            "How do teams work together?" * 6,
            f"dimension C: 'question' has 162 characters; write 1 to 150 {ON_ONE_LINE}",
        ),
        (
            '"A1.1", effort = "S"',
            '"A1.1", effort = "XL"',
            'dimension A, level 1, action A1.1: \'effort\' is \'XL\'; write "S", "M" or "L".',
        ),
        (
            '"B2.2", effort = "S", ',
            '"B2.2", ',
            'dimension B, level 2, action B2.2: \'effort\' is missing; write "S", "M" or "L".',
        ),
        (
            'source = "IAP2 Spectrum: Consult"',
            "source = 2.5",
            f"dimension A, level 1, action A1.1: 'source' is 2.5; write 1 to 150 {ON_ONE_LINE}",
        ),
        ('"CS.3"', '"CS.2"', "dimension C, level 4, action CS.2: the key 'CS.2' is used twice; write another."),
        (
            '"CS.3"',
            '"CS 3"',
            (
                "dimension C, level 4, action number 3: 'key' is 'CS 3'; "
                "write 1 to 20 letters, digits, dots, dashes or underscores in quotes."
            ),
        ),
        (
            'key = "CS.3", ',
            "",
            (
                "dimension C, level 4, action number 3: 'key' is missing; "
                "write 1 to 20 letters, digits, dots, dashes or underscores in quotes."
            ),
        ),
        (
            ALIKE,
            'same_meaning_as = ["v1"]',
            "'same_meaning_as' has 'v1', which is no version; write the 16 characters 0-9 and a-f of an earlier one.",
        ),
        (
            ALIKE,
            'same_meaning_as = "v1"',
            "'same_meaning_as' is v1; write a list of 0 or more in square brackets.",
        ),
    ],
)
def test_each_mistake_gets_one_sentence_that_says_where_and_what_to_write(old: str, new: str, sentence: str) -> None:
    assert said_of_packaged(old, new) == [f"city.toml: {sentence}"]


def test_a_missing_discussion_names_its_two_levels() -> None:
    assert said_of_packaged('1-3 = "Which recent', '1-2 = "Which recent') == [
        "city.toml: dimension A, 'discussions': unknown key '1-2'; write one of '1-3', '1-4', '2-4'.",
        f"city.toml: dimension A, levels 1-3: the discussion is missing; write 1 to 150 {ON_ONE_LINE}",
    ]


Edit = Callable[[dict[str, Any]], object]


def remove_actions_of_level_two(plain: dict[str, Any]) -> None:
    plain["dimensions"][0]["actions"]["2"] = []


@pytest.mark.parametrize(
    ("edit", "sentences"),
    [
        (
            lambda plain: plain["paragraphs"].extend(["Five.", "Six."]),
            ["m: 'paragraphs' has 6 entries; write 3 to 5."],
        ),
        (
            lambda plain: plain["paragraphs"].pop(),
            [f"m: dimension {key}: 'levels' has 4 entries; write 3." for key in "ABC"],
        ),
        (
            lambda plain: plain["paragraphs"].__setitem__(1, ""),
            [f"m: level 2: the paragraph is empty; write 1 to 1000 {ON_ONE_LINE}"],
        ),
        (lambda plain: plain["dimensions"].clear(), ["m: 'dimensions' has 0 entries; write 1 to 8."]),
        (
            lambda plain: plain.update(dimensions=plain["dimensions"] * 3),
            ["m: 'dimensions' has 9 entries; write 1 to 8."],
        ),
        (
            lambda plain: plain.pop("dimensions"),
            ["m: 'dimensions' is missing; write a list of 1 to 8 in square brackets."],
        ),
        (remove_actions_of_level_two, ["m: dimension A, level 2: 'actions' has 0 entries; write 1 or more."]),
        (
            lambda plain: plain["dimensions"][1].pop("actions"),
            ["m: dimension B, 'actions': this is missing; write a table with '1', '2', '3', '4'."],
        ),
        (
            lambda plain: plain["dimensions"][1].update(discussions="Talk."),
            ["m: dimension B, 'discussions': this is Talk.; write a table with '1-3', '1-4', '2-4'."],
        ),
        (
            lambda plain: plain["dimensions"][2]["actions"].update({"3": ["Do it."]}),
            [
                (
                    "m: dimension C, level 3, action number 1: this is Do it.; "
                    "write a table with 'key', 'effort', 'text', 'source'."
                ),
            ],
        ),
        (
            lambda plain: plain["dimensions"].__setitem__(0, "An exceedingly long text that is no dimension at all"),
            [
                (
                    "m: dimension number 1: this is An exceedingly long text that is no d...; write a table with "
                    "'key', 'name', 'question', 'outcome', 'levels', 'gloss', 'clauses', 'discussions', 'actions'."
                ),
            ],
        ),
    ],
)
def test_each_mistake_of_shape_gets_its_sentences(edit: Edit, sentences: list[str]) -> None:
    plain = document()
    edit(plain)
    with pytest.raises(RubricError) as refused:
        from_json(json.dumps(plain), file="m")
    assert list(refused.value.problems) == sentences


def test_several_mistakes_are_told_at_once() -> None:
    changed = PACKAGED.replace('"Silos"', "3").replace("outcome = true", "outcom = true").replace('key = "D1.1", ', "")
    said = said_of(changed)
    assert len(said) == 3
    assert ["dimension C" in said[0], "dimension D" in said[1], "dimension E" in said[2]] == [True] * 3


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('name = "A"\nsource = \n', "city.toml, line 2: this isn't TOML at column 10 ("),
        ('name = "A"\nname = "B"\n', "city.toml, line 2: this isn't TOML at column 11 ("),
        ('name = "A"\n\nlevels = [', "city.toml, line 3: this isn't TOML at the end of the file ("),
    ],
)
def test_broken_toml_is_one_sentence_with_its_line(text: str, start: str) -> None:
    (sentence,) = said_of(text)
    assert sentence.startswith(start)
    assert sentence.endswith("); mend its syntax.")


def test_a_number_beyond_all_bounds_is_refused_like_any_other_syntax() -> None:
    (sentence,) = said_of(f"name = {'9' * 5000}")
    assert sentence.startswith("city.toml: this isn't TOML (")


def test_broken_json_is_one_sentence() -> None:
    with pytest.raises(RubricError, match=r"^the stored model: this isn't JSON \(.*\); write it with to_json\.$"):
        from_json("{")
    with pytest.raises(RubricError, match=r"^the stored model: this is \[\]; write a table with 'name', "):
        from_json("[]")
