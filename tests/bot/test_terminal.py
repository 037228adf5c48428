"""What operators read in a terminal, which obeys control characters: names are people's own."""

from bot.operations.doctor import _clock
from bot.operations.findings import Finding
from bot.operations.teams_run import Came, Outcome

NAME = "Permits\x1b[2J\x1b]0;mine\x07\nParks (#parks): unchanged\u202e"
SHOWN = "Permits [2J ]0;mine Parks (#parks): unchanged"


def test_a_team_of_a_file_is_one_line_whatever_its_name() -> None:
    outcome = Outcome(Came.CHANGED, NAME, "Its members can't be read.", (f"name: Permits -> {NAME}",))
    assert str(outcome) == f"{SHOWN}: changed. Its members can't be read.\n    name: Permits -> {SHOWN}"


def test_a_finding_is_one_line_and_its_mend_another() -> None:
    assert str(Finding(f"team {NAME}", "well")) == f"ok    team {SHOWN}: well"
    assert str(Finding("team", f"no channel for {NAME}", "Move it.")) == (
        f"WRONG team: no channel for {SHOWN}\n      Move it."
    )


def test_a_clock_that_is_not_slacks_is_wrong_and_one_that_nobody_can_compare_is_not() -> None:
    off = _clock("Mon, 05 Jan 2015 10:00:00 GMT")
    assert str(off).startswith("WRONG clock: off by ")
    assert off.mend == "Switch on time synchronisation."
    assert str(_clock(None)) == "ok    clock: Slack didn't say what time it is"
