"""A maturity model from TOML, to JSON and back. What is wrong with a model is said all at once, a line each."""

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from rubric import documents
from rubric.checking import RubricError, check
from rubric.model import Rubric

__all__ = ["RubricError", "from_json", "load", "parse", "to_json"]

PACKAGED = "smart_city.toml"


def load(path: Path | None = None) -> Rubric:
    """The model in this file, or without one the packaged model. Raises RubricError, also for an unreadable file."""
    if path is None:
        return _packaged()
    try:
        # Some editors begin a file with a byte order mark, which TOML doesn't know.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RubricError([f"{path}: this isn't UTF-8 text (byte {error.start}); save it as UTF-8."]) from error
    except OSError as error:
        raise RubricError([f"{path}: the file can't be read ({error.strerror}); name a file that can."]) from error
    return parse(text, file=str(path))


def parse(text: str, *, file: str) -> Rubric:
    """The model in this TOML. `file` is what its errors call it. Raises RubricError."""
    try:
        document = tomllib.loads(text)
    except ValueError as error:
        raise RubricError([_syntax(error, text, file=file)]) from error
    return check(document, file=file)


def to_json(rubric: Rubric) -> str:
    """The whole model as JSON text, in the shape of the TOML. `from_json` gives an equal model, same version."""
    return json.dumps(documents.plain(rubric), ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, *, file: str = "the stored model") -> Rubric:
    """The model that `to_json` wrote. Raises RubricError."""
    try:
        document = json.loads(text)
    except ValueError as error:
        raise RubricError([f"{file}: this isn't JSON ({error}); write it with to_json."]) from error
    return check(document, file=file)


@cache
def _packaged() -> Rubric:
    return parse(files("rubric").joinpath(PACKAGED).read_text(encoding="utf-8"), file=PACKAGED)


def _syntax(error: ValueError, text: str, *, file: str) -> str:
    """What tomllib says, "Invalid value (at line 3, column 5)", as a sentence that starts with the line."""
    found = re.fullmatch(
        r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", str(error)
    )
    if found is None:
        return f"{file}: this isn't TOML ({error}); mend its syntax."
    what = found["what"][:1].lower() + found["what"][1:]
    if found["line"] is None:
        return (
            f"{file}, line {text.count(chr(10)) + 1}: this isn't TOML at the end of the file ({what}); mend its syntax."
        )
    return f"{file}, line {found['line']}: this isn't TOML at column {found['column']} ({what}); mend its syntax."
