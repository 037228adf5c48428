"""The words that columns hold, each kind an enumeration stored by its value."""

from enum import StrEnum


class MemberSource(StrEnum):
    """Where a team's roster is read from."""

    CHANNEL = "channel"
    USERGROUP = "usergroup"
    PEOPLE = "people"


class Privacy(StrEnum):
    CONFIDENTIAL = "confidential"
    NAMED = "named"


class Whose(StrEnum):
    """Whose clock a schedule's local time is read on."""

    TEAM = "team"
    MEMBER = "member"


class ChannelLoss(StrEnum):
    """Why a team's channel can't be posted to."""

    REMOVED = "removed"
    """The app was taken out of it."""
    ARCHIVED = "archived"
    DELETED = "deleted"


class TeamStep(StrEnum):
    """What a team's schedule does next, at `next_step_at`."""

    REFRESH = "refresh"
    """Read the roster from Slack: within the hour before a round."""
    OPEN = "open"
    DELETE = "delete"
    """Cancel the open round, wait for its closing messages, and go."""


class RoundState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundStep(StrEnum):
    """What an open round does next, at `next_step_at`."""

    REMIND = "remind"
    CLOSE = "close"


class DeliveryKind(StrEnum):
    """What is owed to Slack; drawn when it is sent, from what is true then."""

    PROMPT = "prompt"
    REFRESH = "refresh"
    REMINDER = "reminder"
    CLOSING = "closing"
    SUMMARY = "summary"
    PICTURE = "picture"
    SHARE = "share"
    NOTICE = "notice"
    FILE = "file"
    """A file for one person: an export, or a picture that was asked for."""
    ACTION_DUE = "action due"
    DIGEST = "digest"
    CHANNEL_NEWS = "channel news"
    """What a team's channel is told about the team."""


TELLING = (DeliveryKind.REFRESH, DeliveryKind.REMINDER)
"""Kinds whose rows tell when a member did something, or hadn't: they go when the answers go."""


class NoticeReason(StrEnum):
    """What somebody is told about a team, or a file of theirs, as a notice keeps it until it is drawn."""

    STARTED = "started"
    """To who started a round by hand: it is open."""
    STILL_OPEN = "still open"
    MISSED = "missed"
    WITHIN_A_WEEK = "within a week"
    NOBODY = "nobody"
    """These four: why a round was not opened."""
    WAITS = "waits"
    """To who started a round by hand: nearly the same people were asked a few days ago."""
    PUT_OFF = "put off"
    """For the same reason a planned round opens later."""
    LEFT_OUT = "left out"
    """It would have opened so late that the next one is left."""
    NOT_ASKED = "not asked"
    """Some members could not be sent their check-in."""
    ROSTER_FAILED = "roster failed"
    SUMMARY_FAILED = "summary failed"
    SHARE_FAILED = "share failed"
    FILE_FAILED = "file failed"
    SETTING = "setting"
    """To an admin: a setting, plan or policy of the workspace is in our way."""
    NOT_KNOWN = "not known"
    """Some members could not be asked, since Slack doesn't say who they are."""
    CHANNEL_REMOVED = "channel removed"
    CHANNEL_ARCHIVED = "channel archived"
    CHANNEL_DELETED = "channel deleted"
    NO_MANAGER = "no manager"
    MANAGER_LEFT = "manager left"
    MADE_MANAGER = "made manager"
    ALL_ANSWERED = "all answered"
    """Everybody whom an open round asks has answered, or skipped it."""
    FEW_MISSING = "few missing"
    """A summary lacks one or two answers, late in a round."""
    DATE_MOVED = "date moved"
    """The next round fell on a day on which the team's country doesn't work."""


class Deed(StrEnum):
    """What a manager or an admin did, as the audit keeps it."""

    SETUP = "setup"
    SETTINGS = "settings"
    MOVE = "move"
    DELETE = "delete"
    START = "start"
    CLOSE = "close"
    CANCEL = "cancel"
    EXTEND = "extend"
    REMIND = "remind"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    SHARE = "share"
    POST_AGAIN = "post again"
    EXPORT = "export"
    MANAGERS_ADD = "managers add"
    MANAGERS_REMOVE = "managers remove"
    ADMINS_ADD = "admins add"
    ADMINS_REMOVE = "admins remove"
    MINIMUM = "minimum"
    TEAMS_APPLY = "teams apply"


class ActionState(StrEnum):
    """What became of an action item."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DeliveryState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


ENDED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SKIPPED})
"""States in which nothing more comes of a delivery."""

NOT_DRAWN = "not_drawn"
"""The error of a delivery that couldn't be put together, or read: no error of Slack's. The log says where."""

UNREADABLE = "unreadable"
"""The error of a delivery that another version of this program wrote, and this one can't read."""

MAYBE_POSTED = "may_have_been_posted"
"""The error of a delivery where Slack's answer never came, and nobody can look: the message may be there."""
