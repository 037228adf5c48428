"""What compose.yaml and the Dockerfile give the program, read without a library: their lines are simple."""

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "compose.yaml").read_text()
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def below(*keys: str) -> dict[str, str]:
    """What stands below a key of compose.yaml, named by its path: each key there with its value, if on its line."""
    text = COMPOSE
    for key in keys:
        found = re.search(rf"^{re.escape(key)}:[^\n]*\n((?: +[^\n]*\n)*)", text, re.MULTILINE)
        assert found is not None, keys
        text = dedent(found[1])
    return dict(re.findall(r"^([\w<-]+): ?(.*)$", text, re.MULTILINE))


def listed(value: str) -> list[str]:
    """The words of `[one, two]`."""
    return [word.strip(' "') for word in value.strip("[]").split(",")]


def environment(password: str) -> dict[str, str]:
    """The variables that the program has in its containers, beside those of .env."""
    given = re.compile(r"\$\{POSTGRES_PASSWORD:\?[^}]*\}")
    written = below("x-maturity", "environment")
    return {name: given.sub(lambda _: password, value.strip('"')) for name, value in written.items()}
