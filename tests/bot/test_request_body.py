"""A form is read as Bolt reads it, whatever is in it."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as some
from slack_bolt.request.internals import parse_body

from bot.front_door.request_body import read_body

FORM = "application/x-www-form-urlencoded"
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner),
)


def outcome(read: Callable[[], Any]) -> Any:
    """What came of reading: a value, or the kind of error."""
    try:
        return read()
    except (ValueError, RecursionError) as error:
        return type(error)


@pytest.mark.slow
@pytest.mark.unmeasured
@given(some.dictionaries(some.text(), JSON))
def test_every_payload_is_read_as_it_was_written(payload: dict[str, Any]) -> None:
    body = urlencode({"payload": json.dumps(payload)}).encode()
    assert read_body(body, content_type=FORM) == payload


@pytest.mark.slow
@pytest.mark.unmeasured
@given(some.dictionaries(some.text(), JSON))
def test_text_beyond_ascii_is_read_as_it_was_written(payload: dict[str, Any]) -> None:
    body = urlencode({"payload": json.dumps(payload, ensure_ascii=False)}, errors="replace").encode()
    assert read_body(body, content_type=FORM) == parse_body(body.decode(), FORM)


@given(some.text(alphabet=some.sampled_from('payload=%+&;0aF"{}[]:,\\ \r\n\t\0é_.~=')))
def test_nonsense_is_taken_as_bolt_takes_it(text: str) -> None:
    for body in (text, f"payload={text}", f'payload={{"a":"{text}"}}'):
        theirs = outcome(partial(parse_body, body, FORM))
        assert outcome(partial(read_body, body.encode(), content_type=FORM)) == theirs, body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('payload={"a":1}&payload={"a":2}', FORM),
        ('{"type":"url_verification"}', "application/json"),
        ('payload={"a":1}', "application/json"),
        ("command=%2Fmaturity&text=a+b", FORM),
        ("", FORM),
        ('payload={"a":"=41%3D41"}', FORM),
        ('payload={"a":"%zz"}', FORM),
        ('payload={"a":"%C3%A9%C3"}', FORM),
    ],
)
def test_other_bodies_are_left_to_bolt(body: str, content_type: str) -> None:
    theirs = outcome(lambda: parse_body(body, content_type))
    assert outcome(lambda: read_body(body.encode(), content_type=content_type)) == theirs
