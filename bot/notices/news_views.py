"""What managers and admins are told when Slack changes a team's channel, or its people, under it."""

from bot.kit.i18n import _
from bot.kit.required import required
from bot.notices.facts import NoticeFacts
from bot.schedule.days_off import countries
from bot.slack.blocks import Message, escape, local_time, one_line, section
from bot.slack.wording import long_date
from storage.kinds import NoticeReason

REASONS = frozenset(
    {
        NoticeReason.CHANNEL_REMOVED,
        NoticeReason.CHANNEL_ARCHIVED,
        NoticeReason.CHANNEL_DELETED,
        NoticeReason.NO_MANAGER,
        NoticeReason.MANAGER_LEFT,
        NoticeReason.MADE_MANAGER,
        NoticeReason.DATE_MOVED,
        NoticeReason.WAITS,
        NoticeReason.PUT_OFF,
        NoticeReason.LEFT_OUT,
    }
)


def news(team: str, *, channel_id: str, bot: str, facts: NoticeFacts) -> Message:
    """The news of one of `REASONS`, with the mend."""
    reason = facts.reason
    if reason is NoticeReason.DATE_MOVED:
        return _moved(team, facts)
    if reason in {NoticeReason.WAITS, NoticeReason.PUT_OFF, NoticeReason.LEFT_OUT}:
        return _waits(team, reason, channel_id=channel_id, facts=facts)
    channel, name, user = f"<#{channel_id}>", escape(one_line(team)), f"<@{facts.user}>"
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
    if reason is NoticeReason.MADE_MANAGER and facts.user is None:
        said = _("You are a manager of *{team}* now, the team of {channel}. `/maturity help` lists what you can do.")
        said = said.format(team=name, channel=channel)
        return Message(said, [section(said)])
    if facts.user is None:  # erased since
        sentences[NoticeReason.NO_MANAGER] = _("*{team}* has no manager any more.")
        sentences[NoticeReason.MANAGER_LEFT] = _("The only manager of *{team}* has left {channel}.")
    said = sentences[reason].format(team=name, channel=channel, user=user, bot=bot)
    if reason in {NoticeReason.NO_MANAGER, NoticeReason.MANAGER_LEFT}:
        said += " " + take_over.format(channel=channel)
    return Message(said, [section(said)])


def _moved(team: str, facts: NoticeFacts) -> Message:
    """To managers whose next round had been planned for a day off."""
    country = facts.country
    said = _(
        "The next round of *{team}* opens {time}, not on {was}: that isn't a working day in {country}. "
        "Reminders and deadlines keep to that country's week from now on; an open round closes when it was to. "
        "`/maturity settings` changes the country and the day."
    ).format(
        team=escape(one_line(team)),
        time=local_time(required(facts.at), zone=facts.zone),
        was=long_date(required(facts.was)),
        country=escape(countries().get(country, country)),
    )
    return Message(said, [section(said)])


def _waits(team: str, reason: NoticeReason, *, channel_id: str, facts: NoticeFacts) -> Message:
    """Why a round didn't open when it should: from when on it may, and neither which team was asked nor who."""
    asked = _(
        "Half or more of the people *{team}* ({channel}) would ask were asked in another check-in that is still open "
        "or opened less than six days ago. Comparing the two results could give someone's answer away."
    )
    then = {
        NoticeReason.WAITS: _(
            "So the round that you started didn't open. Type `/maturity start` again from {time} on."
        ),
        NoticeReason.PUT_OFF: _("So its round waits and opens {time}, unless you leave it out with `/maturity skip`."),
        NoticeReason.LEFT_OUT: _(
            "So this round is skipped: it couldn't open before the next one is due. "
            "`/maturity settings` changes its dates."
        ),
    }
    at = local_time(required(facts.at), zone=facts.zone)
    said = f"{asked} {then[reason]}".format(team=escape(one_line(team)), time=at, channel=f"<#{channel_id}>")
    return Message(said, [section(said)])
