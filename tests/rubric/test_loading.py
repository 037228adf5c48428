"""A model's file: what is read from it, and what is said when something is wrong with it."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric import Effort, RubricError, from_json, load, parse, to_json
from tests.rubric.models import document, model

PACKAGED = files("rubric").joinpath("smart_city.toml").read_text(encoding="utf-8")
ALIKE = next(line for line in PACKAGED.splitlines() if line.startswith("same_meaning_as"))


def test_the_packaged_model_is_read_once() -> None:
    assert load() is load()


def test_a_model_from_a_file_is_the_model_in_it(tmp_path: Path) -> None:
    path = tmp_path / "city.toml"
    path.write_text(PACKAGED, encoding="utf-8")
    assert load(path) == load()


def test_a_file_saved_by_another_editor_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "city.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PACKAGED.replace("\n", "\r\n").encode())
    assert load(path) == load()


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    absent, binary = tmp_path / "absent.toml", tmp_path / "binary.toml"
    binary.write_bytes(b'name = "\xff"')
    with pytest.raises(RubricError, match=r"absent\.toml: the file can't be read \(No such file or directory\)"):
        load(absent)
    with pytest.raises(RubricError, match=r"binary\.toml: this isn't UTF-8 text \(byte 8\); save it as UTF-8"):
        load(binary)


def test_json_gives_back_an_equal_model_of_the_same_version() -> None:
    for rubric in (load(), model(levels=3), model(levels=5, dimensions="ABCDEFGH", outcomes="H")):
        kept = replace(rubric, same_meaning_as=frozenset({"0123456789abcdef", "fedcba9876543210"}))
        again = from_json(to_json(kept))
        assert again == kept
        assert again.version == rubric.version


texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda text: text == text.strip()
)


@given(texts, texts, st.sampled_from(Effort))
def test_json_keeps_any_wording(name: str, level: str, effort: Effort) -> None:
    plain = document(dimensions="A")
    plain["name"] = name
    plain["dimensions"][0]["levels"][2] = level
    plain["dimensions"][0]["actions"]["1"][0]["effort"] = effort.value
    rubric = from_json(json.dumps(plain))
    assert (rubric.name, rubric["A"].levels[2], rubric["A"].actions[1][0].effort) == (name, level, effort)
    assert from_json(to_json(rubric)) == rubric


def test_a_version_is_the_hash_of_every_word_and_of_nothing_else() -> None:
    version = load().version
    assert len(version) == 16
    assert parse("# A comment.\n" + PACKAGED, file="other.toml").version == version
    alike = PACKAGED.replace(ALIKE, f'same_meaning_as = ["{"0" * 16}"]')
    assert parse(alike, file="city.toml").version == version
    assert parse(alike, file="city.toml").same_meaning_as == {"0" * 16}
    for old, new in [("Silos", "Silo"), ("outcome = true\n", "outcome = false\n"), ('effort = "S"', 'effort = "M"')]:
        assert parse(PACKAGED.replace(old, new, 1), file="city.toml").version != version


def test_a_loaded_model_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load()["A"].actions[1] = ()  # type: ignore[index]
    with pytest.raises(TypeError):
        load()["A"].discussions[1, 3] = ""  # type: ignore[index]
    with pytest.raises(KeyError):
        load()["Z"]


def test_outcome_and_same_meaning_may_be_left_out() -> None:
    shorter = PACKAGED.replace("outcome = false\n", "").replace(f"{ALIKE}\n", "")
    assert parse(shorter, file="city.toml") == replace(load(), same_meaning_as=frozenset())


def test_a_model_without_quotations_is_whole_and_keeps_the_version_it_had_before_they_came() -> None:
    before = {**document(), "dimensions": [dict(each) for each in document()["dimensions"]]}
    assert from_json(json.dumps(before)).version == "fe2b95fd6b95fd8a"
    assert from_json(json.dumps(before))["A"].clauses == ()
    before["dimensions"][0]["gloss"] = "About A."
    before["dimensions"][0]["clauses"] = ["Level 1", "2 looks", "looks like", "this"]
    quoting = from_json(json.dumps(before))
    assert (quoting["A"].gloss, quoting["A"].clauses[1]) == ("About A.", "2 looks")
    assert quoting.version != "fe2b95fd6b95fd8a"
    assert from_json(to_json(quoting)) == quoting
