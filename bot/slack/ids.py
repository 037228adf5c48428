"""The names that travel through Slack and come back: action, block and callback ids, and what is read from them.

Whatever comes back is untrusted: ids tell what is meant, the queries decide what is allowed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slack_bolt.request.internals import extract_team_id

from storage.kinds import Privacy

APP_NAME = "maturity"
"""What the manifest calls the app; a workspace may call it otherwise."""
COMMAND = "/maturity"
METADATA_EVENT = "maturity_delivery"
"""`metadata.event_type` of every message we owe; its payload is the delivery's id and nothing else."""

CANT_SAY = "cant_say"
"""The option value beside the level numbers."""

PREVIEW_ROUND = 0
"""The round of a preview: taps on it are taken and forgotten."""


OPENED_IN_HOME = "home"
"""`private_metadata` of a modal that was opened in Home: what is done in it changes what Home shows."""


class Do(StrEnum):
    """Action ids: what a person does by tapping."""

    ANSWER = "answer"
    CHANGE_ANSWERS = "change_answers"
    FINISH_CHANGING = "finish_changing"
    ADD_NOTES = "add_notes"
    EXPLAIN_LEVELS = "explain_levels"
    EXPLAIN_PRIVACY = "explain_privacy"
    SKIP_ROUND = "skip_round"
    SNOOZE = "snooze"
    STOP_ASKING = "stop_asking"
    ASK_AGAIN = "ask_again"
    EXPORT_MY_DATA = "export_my_data"
    ERASE_MY_DATA = "erase_my_data"
    START_NOW = "start_now"
    PREVIEW = "preview"
    CLOSE_NOW = "close_now"
    ASK_CLOSE = "ask_close"
    ERASE_AND_CLOSE = "erase_and_close"
    REMIND_NOW = "remind_now"
    KEEP_OPEN = "keep_open"
    CANCEL_NOW = "cancel_now"
    SHARE = "share"
    POST_AGAIN = "post_again"
    SHOW_CHECK_IN = "show_check_in"
    DETAILS = "details"
    MORE_IDEAS = "more_ideas"
    FOLLOW_UPS = "follow_ups"
    ADOPT = "adopt"
    ADD_ACTION = "add_action"
    ACTION_MENU = "action_menu"
    ACTION_DONE = "action_done"
    ACTION_STILL_ON = "action_still_on"
    ACTION_DROP = "action_drop"
    ACTION_EDIT = "action_edit"
    LINK = "link"
    """Buttons that only open an address; Slack sends an action all the same."""
    # App Home.
    OPEN_CHECK_IN = "open_check_in"
    BE_AWAY = "be_away"
    BE_BACK = "be_back"
    AWAY_UNTIL = "away_until"
    HOME_START = "home_start"
    HOME_CLOSE = "home_close"
    HOME_REMIND = "home_remind"
    HOME_RESUME = "home_resume"
    HOME_SUMMARY = "home_summary"
    HOME_SETTINGS = "home_settings"
    HOME_MORE = "home_more"
    """A team's menu: which of the above is in the chosen option's value, before the team's id."""
    # The set-up modal: each choice that moves the next dates is sent as it is made.
    SET_NAME = "name"
    SET_SOURCE = "source"
    SET_USERGROUP = "usergroup"
    SET_PEOPLE = "people"
    SET_CADENCE = "cadence"
    SET_WEEKDAY = "weekday"
    SET_TIME = "local_time"
    SET_ZONE = "time_zone"
    SET_CLOCK = "clock"
    SET_WINDOW = "window"
    SET_PRIVACY = "privacy"
    SET_REMINDERS = "reminders"
    SET_COUNTRY = "country"
    SET_SUBDIVISION = "subdivision"
    SET_DAYS_OFF = "days_off"
    SET_CHANNEL = "channel"
    SET_TELL_CHANNEL = "tell_channel"
    DELETE_TEAM = "delete_team"
    ADMIN_SETTINGS = "admin_settings"
    MINIMUM = "minimum"
    NOTE = "note"
    # The forms of an action item.
    ACTION_DIMENSION = "action_dimension"
    ACTION_TEXT = "action_text"
    ACTION_OWNER = "action_owner"
    ACTION_DUE = "action_due"
    ACTION_LEADERSHIP = "action_leadership"
    ACTION_WHY = "action_why"


class View(StrEnum):
    """Callback ids of modals."""

    SETUP = "setup"
    NOTES = "notes"
    PREVIEW = "preview"
    ERASE = "erase"
    AWAY = "away"
    MESSAGE = "message"
    DETAILS = "details"
    IDEAS = "ideas"
    FOLLOW_UPS = "follow_ups"
    ACTION = "action"
    DROP_ACTION = "drop_action"
    ADMIN_SETTINGS = "admin_settings"


class UnreadableError(ValueError):
    """What came from Slack doesn't have the shape that we sent: an old message, or someone's own payload."""


@dataclass(frozen=True, slots=True)
class Tap:
    """One tapped answer, as Slack tells it."""

    workspace_id: str
    user_id: str
    round_id: int
    dimension: str
    level: int | None
    """None: "can't say"."""
    tapped_us: int
    shown: frozenset[str]
    """Dimensions for which the person's client shows a choice."""
    changing: bool


STAMP = re.compile(r"(?P<seconds>[0-9]{1,12})(?:\.(?P<fraction>[0-9]{1,6}))?")
BLOCK = re.compile(r"answer:(?P<round>[0-9]{1,18}):(?P<dimension>[A-Z]):(?P<render>[0-9]{1,9}):(?P<mode>[ac])")


def answer_block(round_id: int, dimension: str, *, render: int, changing: bool) -> str:
    """The block id of one question.

    The render number makes a redrawn question a new one to Slack's clients, which otherwise keep the selection they
    had (slackapi/bolt-python#629).
    """
    return f"answer:{round_id}:{dimension}:{render}:{'c' if changing else 'a'}"


def is_tap(body: Mapping[str, Any]) -> bool:
    """Whether a payload tells of an answer; it may still be one that can't be read."""
    if body.get("type") != "block_actions":
        return False
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return isinstance(first, dict) and first.get("action_id") == Do.ANSWER


def read_tap(body: Mapping[str, Any]) -> Tap:
    """The tap in a `block_actions` payload whose action id is `Do.ANSWER`; UnreadableError for anything else."""
    try:
        action = body["actions"][0]
        block = BLOCK.fullmatch(action["block_id"])
        value, user_id = action["selected_option"]["value"], body["user"]["id"]
        if block is None or not isinstance(user_id, str):
            raise UnreadableError("not one of our questions")
        return Tap(
            workspace_id=workspace_of(body),
            user_id=user_id,
            round_id=int(block["round"]),
            dimension=block["dimension"],
            level=_level(value),
            tapped_us=_microseconds(action["action_ts"]),
            shown=frozenset(_shown(body)),
            changing=block["mode"] == "c",
        )
    except (AttributeError, KeyError, IndexError, TypeError) as error:
        raise UnreadableError("not a tap on one of our questions") from error


def shows_check_in(body: Mapping[str, Any], round_id: int) -> bool:
    """Whether the tapped message holds the questions of this round, so is the check-in itself."""
    blocks = (body.get("message") or {}).get("blocks") or []
    found = (BLOCK.fullmatch(str(block.get("block_id"))) for block in blocks)
    return any(block is not None and int(block["round"]) == round_id for block in found)


def _level(value: str) -> int | None:
    if value == CANT_SAY:
        return None
    if not re.fullmatch("[1-9]", value):
        raise UnreadableError("not a level")
    return int(value)


def _shown(body: Mapping[str, Any]) -> list[str]:
    values = (body.get("state") or {}).get("values") or {}
    found = []
    for block_id, actions in values.items():
        block = BLOCK.fullmatch(block_id)
        if block is not None and (actions.get(Do.ANSWER) or {}).get("selected_option"):
            found.append(block["dimension"])
    return found


def _microseconds(ts: str) -> int:
    """Slack's `1717171717.123456` as an integer, exactly."""
    found = STAMP.fullmatch(ts)
    if found is None:
        raise UnreadableError("not a time of Slack's")
    return int(found["seconds"]) * 1_000_000 + int((found["fraction"] or "").ljust(6, "0"))


def workspace_of(body: Mapping[str, Any]) -> str:
    """The workspace whose installation a payload is for: a tap, a form, a command or an event.

    Bolt's own reading, so that what is authorized is what is looked up. `team` may be another organisation's where
    somebody of it sends a form, and an event's `team_id` the other side's of a shared channel.
    """
    try:
        found = extract_team_id(body)  # type: ignore[arg-type] # it is only read
    except (AttributeError, LookupError, TypeError) as error:
        raise UnreadableError("not a payload of Slack's") from error
    if not isinstance(found, str):
        raise UnreadableError("no workspace in the payload")
    return found


def channel_of(body: Mapping[str, Any]) -> str | None:
    """The channel in which something was tapped, as Slack says; None in modals and in Home."""
    return (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")


def direct_message_of(body: Mapping[str, Any]) -> tuple[str, str] | None:
    """The conversation and timestamp of the direct message in which something was tapped; None of anything else."""
    container = body.get("container")
    if not isinstance(container, dict):
        return None
    channel_id, message_ts = container.get("channel_id"), container.get("message_ts")
    if not isinstance(channel_id, str) or not isinstance(message_ts, str) or container.get("is_ephemeral"):
        return None
    return (channel_id, message_ts) if channel_id.startswith("D") else None


WORKSPACE = re.compile("[TE][A-Z0-9]{1,31}")
PERSON = re.compile("[UW][A-Z0-9]{1,31}")
USERGROUP = re.compile("S[A-Z0-9]{1,31}")
CHANNEL = re.compile("[CG][A-Z0-9]{1,31}")
VIEW = re.compile("V[A-Z0-9]{1,31}")


def slack_id(value: object, kind: re.Pattern[str]) -> str:
    """An id of Slack's of this kind, so nothing else that could stand in a mention; UnreadableError for anything else.

    What a view brings back may be anybody's own.
    """
    if isinstance(value, str) and kind.fullmatch(value):
        return value
    raise UnreadableError("not an id of Slack's")


def number(value: object) -> int:
    """An id that we put into a button's value or a modal's private_metadata; UnreadableError for anything else."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value):
        return int(value)
    raise UnreadableError("not a number that we sent")


PROMISE = re.compile(r"(?P<privacy>confidential|named):(?P<minimum>[0-9]{1,9})")


def promise(privacy: Privacy, minimum: int) -> str:
    """The value of the button that says who sees what of a round: both stand for good once it has opened."""
    return f"{privacy.value}:{minimum}"


def read_promise(value: object) -> tuple[Privacy, int]:
    """(privacy, minimum) of that button; UnreadableError for anything else."""
    found = PROMISE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise UnreadableError("not a promise of ours")
    return Privacy(found["privacy"]), int(found["minimum"])


SUGGESTION = re.compile(r"(?P<round>[0-9]{1,18}):(?P<key>[A-Za-z0-9._-]{1,20})")
CHOICE = re.compile(r"(?P<what>done|drop|edit):(?P<item>[0-9]{1,18})")


def suggestion(round_id: int, action_key: str) -> str:
    """The value of a suggested action's button."""
    return f"{round_id}:{action_key}"


def read_suggestion(value: object) -> tuple[int, str]:
    """(round, action key) of a suggested action's button; UnreadableError for anything else."""
    found = SUGGESTION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise UnreadableError("not a suggested action")
    return int(found["round"]), found["key"]


def read_choice(body: Mapping[str, Any]) -> tuple[str, int]:
    """(what, item) that was chosen from an item's menu: done, drop or edit; UnreadableError for anything else."""
    try:
        found = CHOICE.fullmatch(body["actions"][0]["selected_option"]["value"])
    except (AttributeError, KeyError, IndexError, TypeError) as error:
        raise UnreadableError("not a choice of ours") from error
    if found is None:
        raise UnreadableError("not a choice of ours")
    return found["what"], int(found["item"])


def read_managing(body: Mapping[str, Any]) -> tuple[Do, int]:
    """What is to be done to which team, by one of its buttons in Home or by its menu there; UnreadableError else."""
    try:
        action = body["actions"][0]
        do, team_id = action["action_id"], action.get("value")
        if do == Do.HOME_MORE:
            do, _colon, team_id = action["selected_option"]["value"].partition(":")
        return Do(do), number(team_id)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise UnreadableError("not one of Home's buttons") from error


def permalink(workspace_url: str, channel_id: str, message_ts: str) -> str:
    """Slack's own form of a link to a message, without asking it (chat.getPermalink) for each."""
    return f"{workspace_url}archives/{channel_id}/p{message_ts.replace('.', '')}"
