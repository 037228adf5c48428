"""A verdict for every word of Slack's, and what follows from each for every kind of message. Pure."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from slack_sdk.errors import SlackApiError

from bot.delivery import fates
from bot.delivery.fates import Fate
from bot.delivery.message import Sending
from bot.program.messages import MESSAGES
from bot.slack import refusals
from bot.slack.calls import LONGEST, may_pass, pause, refusal_of
from bot.slack.verdicts import WORDS, Again, Verdict, judge
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery

NOW = datetime(2026, 10, 5, 15, 0, tzinfo=UTC)
SETTLE = timedelta(seconds=60)
SENDING = {each.kind: each.sending for each in MESSAGES}
METHODS = (
    "apps.connections.open", "auth.test", "chat.postMessage", "chat.update", "conversations.history",
    "conversations.info", "conversations.join", "conversations.list", "conversations.members", "conversations.open",
    "files.completeUploadExternal", "files.getUploadURLExternal", "oauth.v2.access", "usergroups.list",
    "usergroups.users.list", "users.info", "views.open", "views.publish", "views.push", "views.update",
)  # fmt: skip
LIFE = timedelta(days=3)


def refused(
    word: str | None, *, method: str = "chat.postMessage", status: int = 200, headers: Any = None, **more: Any
) -> SlackApiError:
    """What the client raises for such an answer."""
    data = None if word is None else {"ok": False, "error": word, **more}
    response = SimpleNamespace(
        data=data, status_code=status, headers=headers or {}, api_url=f"https://slack.com/api/{method}"
    )
    return SlackApiError("no", response)  # type: ignore[no-untyped-call]


def a_delivery(kind: DeliveryKind, *, attempt: int = 1, details: dict[str, str] | None = None) -> Delivery:
    return Delivery(
        id=UUID(int=20_000 + attempt), workspace_id="T1", key="k", kind=kind, details=details or {}, attempt=attempt,
        first_attempt_at=NOW, expires_at=NOW + LIFE if kind is DeliveryKind.PROMPT else None,
        state=DeliveryState.SENDING, maybe_sent=True, looked_up=0,
    )  # fmt: skip


def fate_of(word: str | None, kind: DeliveryKind, *, attempt: int = 1, **answer: Any) -> Fate:
    delivery = a_delivery(kind, attempt=attempt)
    return fates.of_refusal(delivery, refused(word, **answer), sending=SENDING[kind], settle=SETTLE)


def test_every_documented_word_has_a_verdict_at_every_method() -> None:
    assert len(WORDS) == 181
    for word in WORDS:
        for method in METHODS:
            found = judge(word, method=method)
            assert found.known
            assert (found.again is Again.NEVER) or found.verdict is not Verdict.MOMENT
            assert found.verdict is not Verdict.PASSING or found.again in {
                Again.AS_TOLD, Again.BACKOFF, Again.SLOWLY,
            }, "what passes is tried again"  # fmt: skip
            assert found.verdict is Verdict.PASSING or not found.maybe_done


@pytest.mark.parametrize(
    ("word", "method", "verdict"),
    [
        ("ratelimited", "users.info", Verdict.PASSING),
        ("rate_limited", "chat.postMessage", Verdict.PASSING),
        ("message_limit_exceeded", "chat.postMessage", Verdict.PASSING),
        ("org_login_required", "conversations.members", Verdict.PASSING),
        ("channel_not_found", "chat.postMessage", Verdict.CHANNEL),
        ("channel_not_found", "chat.update", Verdict.TARGET),
        ("channel_not_found", "conversations.open", Verdict.PERSON),
        ("user_not_visible", "users.info", Verdict.PERSON),
        ("messages_tab_disabled", "chat.postMessage", Verdict.SETTING),
        ("hash_conflict", "views.publish", Verdict.MOMENT),
        ("token_revoked", "auth.test", Verdict.INSTALLATION),
        ("invalid_blocks", "chat.postMessage", Verdict.BUG),
        ("a_word_of_next_year", "chat.postMessage", Verdict.BUG),
        (None, "chat.postMessage", Verdict.PASSING),
    ],
)
def test_a_word_means_what_it_means_at_its_method(word: str | None, method: str, verdict: Verdict) -> None:
    assert judge(word, method=method).verdict is verdict


def test_a_picture_that_is_still_processed_is_nobodys_mistake() -> None:
    waits = refused(
        "invalid_blocks", method="chat.update", response_metadata={"messages": ["[ERROR] invalid slack file"]}
    )
    assert may_pass(waits)
    assert not may_pass(refused("invalid_blocks", method="chat.update"))


@pytest.mark.parametrize("kind", DeliveryKind)
def test_every_word_ends_every_kind_of_message_or_brings_it_again_within_its_life(kind: DeliveryKind) -> None:
    """All words, and one that isn't there yet: nothing is lost by a word that passes, or tried for ever."""
    for word in [*sorted(WORDS), "a_word_of_next_year", None]:
        for method in METHODS:
            judged = judge(word, method=method)
            found = fate_of(word, kind, method=method)
            if judged.verdict in {Verdict.PASSING, Verdict.INSTALLATION} or not judged.known:
                assert found.state is DeliveryState.PENDING, (word, method)
            if judged.again in {Again.NEVER, Again.PLAINER}:
                ends = DeliveryState.FAILED
                if judged.verdict is Verdict.TARGET and SENDING[kind] is Sending.UPDATE:
                    ends = DeliveryState.SKIPPED
                assert found.state is ends, (word, method)
            if found.state is DeliveryState.PENDING:
                assert found.again_in is not None
                assert timedelta(0) < found.again_in <= timedelta(minutes=15), (word, method)
                assert found.maybe_sent is (judged.maybe_done or judged.again is Again.ANEW), (word, method)
            delivery = a_delivery(kind)
            assert fates.too_late(delivery, NOW + LIFE), "whatever it met with, it ends"


@pytest.mark.parametrize("word", ["ratelimited", "rate_limited"])
@pytest.mark.parametrize("status", [200, 429])
def test_too_many_is_known_by_its_word_in_either_spelling_and_waited_for_as_told(word: str, status: int) -> None:
    by_header = fate_of(word, DeliveryKind.PROMPT, status=status, headers={"Retry-After": "7"})
    by_body = fate_of(word, DeliveryKind.PROMPT, status=status, retry_after=7)
    for found in (by_header, by_body):
        assert found.slow_down
        assert found.again_in is not None
        assert timedelta(seconds=7) <= found.again_in <= timedelta(seconds=8)
    untold = fate_of(word, DeliveryKind.PROMPT, status=status).again_in
    assert untold is not None
    assert timedelta(seconds=30) <= untold <= timedelta(seconds=31)


@pytest.mark.parametrize("said", ["soon", "nan", "-3", "inf", ""])
def test_a_retry_after_that_is_no_number_of_seconds_is_waited_for_all_the_same(said: str) -> None:
    wait = refusal_of(refused("ratelimited", headers={"Retry-After": said})).retry_after
    assert wait == 30


def test_no_answer_of_slacks_keeps_a_message_for_more_than_a_week() -> None:
    assert refusal_of(refused("ratelimited", headers={"Retry-After": "999999999"})).retry_after == LONGEST
    found = fate_of("ratelimited", DeliveryKind.PROMPT, headers={"Retry-After": "999999999"})
    assert found.again_in is not None
    assert timedelta(days=7) <= found.again_in <= timedelta(days=7, seconds=1)


@pytest.mark.parametrize(
    ("word", "least", "most"), [("service_unavailable", 0.5, 60), ("message_limit_exceeded", 15, 1800)]
)
def test_who_waits_beside_a_call_waits_longer_each_time_and_each_in_their_own_measure(
    word: str, least: float, most: float
) -> None:
    said = refusal_of(refused(word))
    for tried in (0, 1, 3, 50, 10_000):
        first = min(least * 2 ** min(tried, 50), most / 2)
        waits = [pause(said, tried) or 0.0 for _each in range(200)]
        assert first <= min(waits) <= max(waits) <= 2 * first
        assert len(set(waits)) > 100


def test_a_pause_is_never_shorter_than_slack_asks_and_there_is_none_before_what_does_not_pass() -> None:
    said = refusal_of(refused("ratelimited", headers={"Retry-After": "7"}))
    waits = [pause(said, 0) or 0.0 for _each in range(200)]
    assert 7 <= min(waits) <= max(waits) <= 7.5
    assert (pause(refusal_of(refused("service_unavailable", headers={"Retry-After": "90"})), 0) or 0.0) >= 90
    assert pause(refusal_of(refused("user_disabled")), 0) is None


def test_a_look_up_that_slack_refuses_for_good_ends_the_message_as_unknown() -> None:
    for word in sorted(WORDS):
        error = refused(word, method="conversations.history")
        found = fates.of_search(a_delivery(DeliveryKind.PROMPT), error)
        again = judge(word, method="conversations.history").comes_again
        assert found.maybe_sent
        assert found.state is (DeliveryState.PENDING if again else DeliveryState.FAILED)


def test_a_full_workspace_is_left_alone_as_a_whole_and_slowly() -> None:
    found = fate_of("message_limit_exceeded", DeliveryKind.PROMPT)
    assert found.slow_down
    assert found.again_in is not None
    assert timedelta(seconds=15) <= found.again_in <= timedelta(seconds=30)
    later = [fate_of("message_limit_exceeded", DeliveryKind.PROMPT, attempt=n).again_in for n in range(1, 12)]
    waits = [each.total_seconds() for each in later if each is not None]
    assert max(waits) <= 900
    assert waits[-1] >= 450


def test_what_failed_together_does_not_come_back_together() -> None:
    waits = {
        fates.backoff(Delivery(id=UUID(int=number * 1_000_003), attempt=6)).total_seconds() for number in range(1, 200)
    }
    assert len(waits) > 100
    assert min(waits) >= 32
    assert max(waits) <= 64


def test_a_file_that_got_lost_is_uploaded_anew_once_it_is_known_to_be_nowhere() -> None:
    sharing = a_delivery(DeliveryKind.FILE, details={"file_id": "F1"})
    error = refused("file_not_found", method="files.completeUploadExternal")
    found = fates.of_refusal(sharing, error, sending=Sending.FILE, settle=SETTLE)
    assert (found.state, found.maybe_sent, found.again_in) == (DeliveryState.PENDING, True, SETTLE)


@pytest.mark.parametrize("word", [*sorted(WORDS), "a_word_of_next_year"])
def test_who_waits_reads_a_sentence_of_what_they_can_do_or_gets_a_reference(word: str) -> None:
    judged = judge(word, method="views.open")
    said = refusals.to_who_waits(word, judged.verdict)
    assert (said is None) == (judged.verdict is Verdict.BUG)
    for sentence in (said or "", refusals.mend(word, channel_id="C1", bot="U0"), refusals.why_not(word)):
        assert "{" not in sentence
        assert "None" not in sentence
    assert refusals.setting_in_the_way(word, needed="").endswith(".")
