"""Behind a pooler in transaction mode it runs where it is told so, and says so in one sentence where it isn't."""

from pathlib import Path

import pytest

from tests.processes.pooler import pooler
from tests.processes.program import ended, program
from tests.processes.town import becomes_ready, town
from tests.storage.builders import on_postgresql

pytestmark = on_postgresql

SAYS = (
    "DATABASE_URL leads to a connection pooler that keeps no settings of ours (PgBouncer in transaction mode, as a "
    "rule)"
)
MEND = "Connect to PostgreSQL itself, let the pooler use session mode, or set DATABASE_PREPARED_STATEMENTS=off."


@pytest.mark.parametrize("ignores", [False, True], ids=["it refuses settings", "it drops settings"])
async def test_it_is_told_at_the_start_and_by_the_doctor(*, ignores: bool, database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here, pooler(database_url, ignores=ignores) as through:
        environment = here.environment(through)
        told = await ended("run", environment=environment, directory=tmp_path)
        doctor = await ended("doctor", environment=environment, directory=tmp_path)
    assert told.code == 78, told
    assert told.err == f"{SAYS}. {MEND}\n"
    assert doctor.code == 1, doctor
    assert f"WRONG database: {SAYS}\n      {MEND}\n" in doctor.out
    assert doctor.out.count("database:") == 1
    assert "Check the network" not in doctor.out


async def test_without_prepared_statements_it_does_its_job_there(database_url: str, tmp_path: Path) -> None:
    async with town(tmp_path) as here, pooler(database_url) as through:
        environment = here.environment(through, DATABASE_PREPARED_STATEMENTS="off")
        async with program("run", environment=environment, directory=tmp_path) as started:
            await becomes_ready(started)
            here.send_to(started)
            await here.set_up()
            await here.opened()
            doctor = await ended("doctor", environment=environment, directory=tmp_path)
            assert "ok    database: " in doctor.out, doctor
            assert await started.stop() == 0
