"""What an operator's graphs show of a round: every call of Slack, and every tap by the way that it came."""

from tests.journeys.city import City


def counted(town: City, name: str, **labels: str) -> float:
    return town.bot.metrics.registry.get_sample_value(f"maturity_{name}", labels) or 0


async def test_taps_uploads_and_answers_where_somebody_tapped_are_counted(town_on_any_transport: City) -> None:
    town = town_on_any_transport
    await town.set_up()
    await town.opened()
    await town.answer_example()
    await town.close_early()
    await town.summary()
    await town.settled()
    way = "http" if town.app.request_url is not None else "socket_mode"
    assert counted(town, "tap_seconds_count", way=way) == 25
    assert counted(town, "tap_seconds_count", way="http" if way == "socket_mode" else "socket_mode") == 0
    assert counted(town, "slack_calls_total", method="upload", outcome="ok") == 1
    answers = len([each for each in town.sandbox.traffic.of("response_url") if each["status"] == 200])
    assert counted(town, "slack_calls_total", method="response_url", outcome="ok") == answers >= 5
