"""compose.yaml and the Dockerfile start what there is, with variables that are read, where monitors and proxies ask."""

import json
import re

import pytest

from bot.kit import settings
from tests.promises.containers import COMPOSE, DOCKERFILE, ROOT, below, environment, listed
from tests.promises.typed_by_operators import understood, variables_read

OF_POSTGRESQL = {"PGPASSWORD"}
"""Read by its client."""
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret"}
GUIDE = (ROOT / "docs" / "operations" / "README.md").read_text()
OURS = ("release", "web", "worker")


def test_the_services_are_those_of_the_procfile_and_a_database() -> None:
    procfile = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert below("services").keys() == procfile.keys() | {"database"}
    for service in OURS:
        given = below("services", service)
        assert given["<<"] == "*maturity"
        assert ["maturity", *listed(given["command"])] == procfile[service].split()


def test_variables_are_read_and_lead_to_the_database_beside() -> None:
    given = environment("secret")
    assert given.keys() - OF_POSTGRESQL <= variables_read()
    read = settings.read("web", given | SLACK)
    made = below("services", "database", "environment")
    assert (read.database_url.username, read.database_url.database) == (made["POSTGRES_USER"], made["POSTGRES_DB"])
    assert read.database_url.host == "database"
    assert environment("p@s/s%$#")["PGPASSWORD"] == "p@s/s%$#"
    assert "secret" not in given["DATABASE_URL"]


def test_the_web_is_reached_from_this_machine_alone_where_it_listens() -> None:
    given = environment("")
    assert listed(below("services", "web")["ports"]) == [f"127.0.0.1:3000:{given['PORT']}"]
    assert given["HOST"] == settings.HOST


def test_what_the_compose_file_asks_for_is_what_the_guide_says() -> None:
    asked = set(re.findall(r"\$\{(\w+)", COMPOSE))
    assert asked == {"POSTGRES_PASSWORD"}
    assert [name for name in asked if f"`{name}=" not in GUIDE] == []


def test_the_guide_names_services_that_there_are() -> None:
    named = re.findall(r"docker compose (?:exec|run|stop)((?: --[a-z-]+)*(?: [a-z]+)+)", GUIDE)
    services = {words.split("--")[-1].split()[1 if "--" in words else 0] for words in named}
    assert services
    assert services <= below("services").keys()


@pytest.mark.parametrize("service", OURS)
def test_each_service_starts_after_what_it_needs(service: str) -> None:
    waits = below("services", service)["depends_on"]
    if service == "release":
        assert below("services", service, "depends_on") == {"database": "{condition: service_healthy}"}
    else:
        assert waits in {"&after", "*after"}
        assert below("services", "web", "depends_on") == {"release": "{condition: service_completed_successfully}"}


def test_the_image_starts_what_there_is_with_variables_that_are_read() -> None:
    said = dict(re.findall(r"^([A-Z]+) (.+)$", DOCKERFILE, re.MULTILINE))
    assert understood(" ".join(json.loads(said["ENTRYPOINT"]) + json.loads(said["CMD"])))
    given = dict(word.split("=", 1) for word in said["ENV"].split())
    assert given.keys() - {"PATH", "PYTHONDONTWRITEBYTECODE"} <= variables_read()
    assert said["EXPOSE"] == given["PORT"] == environment("")["PORT"]
