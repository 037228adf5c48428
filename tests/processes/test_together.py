"""Several processes on one database: on SQLite one web and one worker, on PostgreSQL as many as one likes."""

import asyncio
from contextlib import AsyncExitStack
from itertools import cycle
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.sandbox import Person
from storage.engine import read_url
from tests.journeys.city import EXAMPLE
from tests.processes.program import ended, program
from tests.processes.town import rows, town
from tests.storage.builders import a_role, on_postgresql, on_sqlite


@on_sqlite
async def test_one_web_and_one_worker_share_a_sqlite_file(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url)
        async with (
            program("worker", environment=environment, directory=tmp_path) as worker,
            program("web", environment=environment, directory=tmp_path) as web,
        ):
            here.send_to(web)
            await here.set_up()
            await here.opened()
            await here.answer_example()
            await here.close_early()
            await here.sees(here.manager, "5 of 5 answered", where=here.channel)
            for person in here.people:
                await here.sees(person, "This round has closed. Thanks for taking part.")
            assert await web.stop() == 0
            assert await worker.stop() == 0
        assert "ERROR" not in web.said + worker.said


@on_sqlite
async def test_a_second_worker_on_a_sqlite_file_is_refused_with_a_sentence(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        environment = here.environment(database_url)
        async with program("worker", environment=environment, directory=tmp_path) as first:
            for part in ("worker", "run"):
                second = await ended(part, environment=environment, directory=tmp_path)
                assert second.code == 78
                assert second.err.startswith("Another worker runs on maturity.db already, and SQLite takes one.")
                assert "Traceback" not in second.err
            await first.kill()
        async with program("worker", environment=environment, directory=tmp_path) as after:
            assert await after.stop() == 0


@on_postgresql
async def test_two_webs_and_two_workers_do_the_job_once_on_postgresql(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here, AsyncExitStack() as stack:
        environment = here.environment(database_url)
        parts = ("web", "web", "worker", "worker")
        started = [
            await stack.enter_async_context(program(part, environment=environment, directory=tmp_path))
            for part in parts
        ]
        turns = cycle(started[:2])
        here.send_to(next(turns))
        await here.set_up()
        await here.opened()
        for number, person in enumerate(here.people):
            prompt = await here.sees(person, "Choose the level where you stop")
            for dimension, levels in EXAMPLE.items():
                here.send_to(next(turns))
                await here.tap(person, prompt, dimension, levels[number])
            await here.sees(person, "Thank you")
        await here.close_early()
        await here.sees(here.manager, "5 of 5 answered", where=here.channel)
        for person in here.people:
            await here.sees(person, "This round has closed. Thanks for taking part.")
            assert len(here.seen(person, "Thanks for taking part.")) == 1
        for each in started:
            assert await each.stop() == 0
            assert "ERROR" not in each.said
        assert len(here.seen(here.manager, "5 of 5 answered", where=here.channel)) == 1


FEW = 14
"""Connections that the server gives, where four processes would take eighty."""


@pytest.mark.slow
@on_postgresql
async def test_where_the_server_gives_few_connections_two_webs_and_two_workers_wait_and_lose_no_tap(
    database_url: str, tmp_path: Path
) -> None:
    with (
        psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as owner,
        a_role(owner, "few_together", "LOGIN") as role,
    ):
        owner.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(sql.Identifier(role), FEW))
        owner.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(owner.info.user), sql.Identifier(role)))
        limited = read_url(database_url).set(username=role).render_as_string(hide_password=False)
        async with town(tmp_path) as here, AsyncExitStack() as stack:
            for number in range(35):
                person = here.workspace.add_person(name=f"Member {number}", tz="America/Chicago")
                here.people.append(person)
                here.channel.invite(person)
            started = [
                await stack.enter_async_context(
                    program(part, environment=here.environment(limited), directory=tmp_path)
                )
                for part in ("web", "web", "worker", "worker")
            ]
            webs = cycle(started[:2])
            here.send_to(next(webs))
            await here.set_up()
            await here.opened()
            prompts = {person.id: await here.sees(person, "Choose the level where you stop") for person in here.people}

            async def tap(person: Person, dimension: str) -> None:
                here.send_to(next(webs))
                await here.tap(person, prompts[person.id], dimension, 2)

            await asyncio.gather(*[tap(person, dimension) for person in here.people for dimension in EXAMPLE])
            for person in here.people:
                await here.sees(person, "Thank you")
            assert await rows(database_url, "SELECT count(*) FROM answers") == [(200,)]
            for each in started:
                assert await each.stop() == 0
                assert "ERROR" not in each.said
