import pytest

from bot.kit.errors import UserError
from bot.kit.shares import MOST_AT_ONCE, Shares


def test_one_person_has_so_much_under_way_and_no_more_and_nobody_else_notices() -> None:
    shares = Shares()
    under_way = [shares.of("T1", "U1") for _number in range(MOST_AT_ONCE)]
    for each in under_way:
        each.__enter__()
    with pytest.raises(UserError, match="still being answered"), shares.of("T1", "U1"):
        raise AssertionError("it began")
    with shares.of("T1", "U2"), shares.of("T2", "U1"):
        pass
    under_way[0].__exit__(None, None, None)
    with shares.of("T1", "U1"):
        pass


def test_what_fails_is_under_way_no_more() -> None:
    shares = Shares()
    for _number in range(2 * MOST_AT_ONCE):
        with pytest.raises(ValueError, match="no"), shares.of("T1", "U1"):
            raise ValueError("no")
