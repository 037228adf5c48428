"""The example in the sandbox's README runs as it is."""

import re
from pathlib import Path
from typing import Any

import pytest

import bot.sandbox

README = Path(bot.sandbox.__file__).with_name("README.md")


@pytest.mark.waits
async def test_the_example_of_the_readme_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(example, str(README), "exec"), names)  # noqa: S102 - it is ours
    (test,) = [value for name, value in names.items() if name.startswith("test_")]
    await test()


def test_every_file_that_the_readme_names_is_there() -> None:
    root = README.parents[2]
    named = re.findall(r"`([\w/]+(?:/|\.py|\.toml))`", README.read_text(encoding="utf-8"))
    assert "state/records.py" in named
    assert "wire/api/" in named
    places = (README.parent, README.parent / "state", root)
    missing = {name for name in named if not any((place / name).exists() for place in places)}
    assert missing <= {"built/"}  # which `make page` builds
