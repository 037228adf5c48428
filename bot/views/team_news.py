"""What managers and admins are told when Slack changes a team's channel, or its people, under it."""

from collections.abc import Mapping
from typing import Any

from bot.i18n import _
from bot.views.message import Message, escape, one_line, section
from storage.kinds import NoticeReason

REASONS = frozenset(
    {
        NoticeReason.CHANNEL_REMOVED,
        NoticeReason.CHANNEL_ARCHIVED,
        NoticeReason.CHANNEL_DELETED,
        NoticeReason.NO_MANAGER,
        NoticeReason.MANAGER_LEFT,
        NoticeReason.MADE_MANAGER,
    }
)


def news(team: str, *, channel_id: str, bot: str, details: Mapping[str, Any]) -> Message:
    """The news of one of `REASONS`, with the mend."""
    reason = NoticeReason(details["reason"])
    channel, name, user = f"<#{channel_id}>", escape(one_line(team)), f"<@{details.get('user')}>"
    take_over = _(
        "Any admin can take over: type `/maturity managers add @me` in {channel}, or elsewhere with the team's name "
        "after it."
    )
    sentences = {
        NoticeReason.CHANNEL_REMOVED: _(
            "The app was taken out of {channel}, so the next summary of *{team}* can't be posted. "
            "Invite it again: type `/invite` <@{bot}> there."
        ),
        NoticeReason.CHANNEL_ARCHIVED: _(
            "{channel} is archived, so the next summary of *{team}* can't be posted. Unarchive it, or move the team to "
            "another channel with `/maturity settings` and its name."
        ),
        NoticeReason.CHANNEL_DELETED: _(
            "The channel of *{team}* is deleted, so there is no place for its summaries, and it is paused. "
            "Move it to another channel with `/maturity settings` and its name, then `/maturity resume`."
        ),
        NoticeReason.NO_MANAGER: _("*{team}* has no manager any more: {user} can't manage it now."),
        NoticeReason.MANAGER_LEFT: _("The only manager of *{team}*, {user}, has left {channel}."),
        NoticeReason.MADE_MANAGER: _(
            "{user} made you a manager of *{team}*, the team of {channel}. `/maturity help` lists what you can do."
        ),
    }
    if reason is NoticeReason.MADE_MANAGER and details.get("user") is None:
        said = _("You are a manager of *{team}* now, the team of {channel}. `/maturity help` lists what you can do.")
        said = said.format(team=name, channel=channel)
        return Message(said, [section(said)])
    said = sentences[reason].format(team=name, channel=channel, user=user, bot=bot)
    if reason in {NoticeReason.NO_MANAGER, NoticeReason.MANAGER_LEFT}:
        said += " " + take_over.format(channel=channel)
    return Message(said, [section(said)])
