"""What managers and admins are told when something went wrong with a team, and what they can do about it."""

from collections.abc import Callable, Mapping, Sequence

from bot.kit.i18n import _, ngettext
from bot.notices import news_views
from bot.notices.facts import NoticeFacts
from bot.slack import refusals
from bot.slack.blocks import (
    Message,
    actions,
    button,
    escape,
    one_line,
    section,
)
from bot.slack.ids import Do
from bot.slack.sentences import plain_message
from storage.kinds import MAYBE_POSTED, NoticeReason

MOST_NAMED = 20
"""People named in one line."""


def invite(bot_name: str, channel: str | None = None) -> Message:
    """How to bring the app into a channel; `channel` is its id, None for the one this is shown in."""
    name = one_line(bot_name).replace("`", "")
    if channel is None:
        start = _("I am not in this channel yet.")
    else:
        start = _("I am not in {channel} yet.").format(channel=f"<#{channel}>")
    todo = _("Type `/invite @{name}` there, then `/maturity setup` again.")
    if channel is None:
        todo = _("Type `/invite @{name}`, then `/maturity setup` again.")
    return plain_message(f"{start} {todo.format(name=escape(name))}")


def invite_and_save(bot_name: str, channel_id: str) -> str:
    """The same, on top of a form that is filled in already."""
    # True whichever of the two is missing: whoever isn't in a private channel doesn't learn whether the app is.
    said = _(
        "Summaries can go to {channel} once both you and this app are in it: type `/invite @{name}` there, then close "
        "this and save again."
    )
    return said.format(channel=f"<#{channel_id}>", name=escape(one_line(bot_name).replace("`", "")))


def roster_failed(team: str, reason: str, *, channel_id: str, bot: str) -> Message:
    """To the manager: a round opened with the members of last time. `reason` is Slack's error code."""
    return plain_message(
        _("The members of *{team}* could not be read from Slack, so those of last time are asked. {mend}").format(
            team=escape(one_line(team)), mend=refusals.mend(reason, channel_id=channel_id, bot=bot)
        )
    )


def summary_failed(team: str, reason: str, post_again_value: str, *, channel_id: str, bot: str) -> Message:
    """To the manager: a summary that isn't in its channel, the mend, and a button that posts it.

    `reason` is Slack's error code, or MAYBE_POSTED; `bot` is the app's own user id.
    """
    name, channel = escape(one_line(team)), f"<#{channel_id}>"
    if reason == MAYBE_POSTED:
        said = _(
            "The summary of *{team}* may not have reached its channel, {channel}: Slack did not say. "
            "Look there first, and post it again if it is missing."
        ).format(team=name, channel=channel)
    else:
        mend = refusals.mend(reason, channel_id=channel_id, bot=bot)
        said = _("The summary of *{team}* could not be posted to {channel}. {mend}").format(
            team=name, channel=channel, mend=mend
        )
    again = button(_("Post again"), do=Do.POST_AGAIN, value=post_again_value)
    return Message(said, [section(said), actions(again)])


def share_failed(team: str, reason: str, *, channel_id: str, bot: str) -> Message:
    """To whoever shared a summary that didn't arrive there. `reason` is Slack's error code, or MAYBE_POSTED."""
    name, channel = escape(one_line(team)), f"<#{channel_id}>"
    if reason == MAYBE_POSTED:
        return plain_message(
            _(
                "The summary of *{team}* that you shared may not have arrived in {channel}: Slack did not say. Look "
                "there first, and share it again if it is missing."
            ).format(team=name, channel=channel)
        )
    mend = refusals.mend(reason, channel_id=channel_id, bot=bot)
    said = _("The summary of *{team}* could not be shared in {channel}. {mend} Then share it again.")
    return plain_message(said.format(team=name, channel=channel, mend=mend))


def nobody_to_ask(team: str) -> Message:
    """To the manager: a round that didn't open."""
    return plain_message(
        _(
            "The round of *{team}* did not open, since there is nobody to ask: all its members are bots, guests, "
            "deactivated, away, or chose not to be asked. Check who belongs to the team with "
            "`/maturity settings {name}`."
        ).format(team=escape(one_line(team)), name=escape(one_line(team).replace("`", "")))
    )


def not_asked(team: str, *, failed: Mapping[str, int], asked: int, who: Sequence[str] = ()) -> Message:
    """To the manager: how many members of a round couldn't be asked, why, and `who` they are.

    `failed` counts them by Slack's error code.
    """
    reasons: dict[str, int] = {}
    for error, number in failed.items():
        said = refusals.why_not(error)
        reasons[said] = reasons.get(said, 0) + number
    listed = "; ".join(reasons) if len(reasons) == 1 else "; ".join(f"{said} ({n})" for said, n in reasons.items())
    said = _("*{team}*: {n} of {asked} could not be asked: {reasons}.").format(
        team=escape(one_line(team)), n=sum(failed.values()), asked=asked, reasons=listed
    )
    return plain_message(f"{said} {_named(who)}." if who else said)


def not_known(team: str, *, people: Mapping[str, str]) -> Message:
    """To the manager: members whom a round couldn't ask, since Slack doesn't say who they are; its word by user id."""
    return plain_message(
        ngettext(
            "*{team}*: {n} member could not be asked, since Slack doesn't tell the app who that is: {people}.",
            "*{team}*: {n} members could not be asked, since Slack doesn't tell the app who they are: {people}.",
            len(people),
        ).format(team=escape(one_line(team)), n=len(people), people=_by_reason(people))
    )


def _by_reason(people: Mapping[str, str]) -> str:
    """Who couldn't be asked, each reason after those whom it is about."""
    by_reason: dict[str, list[str]] = {}
    for user_id, error in people.items():
        by_reason.setdefault(refusals.why_not(error), []).append(user_id)
    return "; ".join(f"{_named(who)} ({reason})" for reason, who in by_reason.items())


def cannot_be_asked(people: Mapping[str, str]) -> str:
    """To whoever set a team up, the same beforehand."""
    return ngettext(
        "{n} member can't be asked, since Slack doesn't tell the app who that is: {people}.",
        "{n} members can't be asked, since Slack doesn't tell the app who they are: {people}.",
        len(people),
    ).format(n=len(people), people=_by_reason(people))


def members_unread(error: str) -> str:
    """To whoever set a team up: it is saved, and Slack doesn't say yet who belongs to it."""
    return _("Its members can't be read yet: {trouble}. They are read again before its next round.").format(
        trouble=refusals.trouble(error)
    )


def _named(who: Sequence[str]) -> str:
    """Who they are, as far as a line takes them."""
    named = ", ".join(f"<@{escape(user_id)}>" for user_id in who[:MOST_NAMED])
    more = len(who) - MOST_NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {n} more", "{named} and {n} more", more).format(named=named, n=more)


def setting_in_the_way(word: str, *, needed: str, team: str | None = None) -> Message:
    """To an admin: a setting, plan or policy that keeps the app from part of its work, and for which team first.

    `needed` is a scope.
    """
    said = refusals.setting_in_the_way(word, needed=needed)
    if team is None:
        return plain_message(said)
    met = _("*{team}* was the first team affected.").format(team=escape(one_line(team)))
    return plain_message(f"{said} {met}")


def file_failed(reason: str) -> Message:
    """To whoever asked for a file that can't be sent. `reason` is Slack's error code, or what we know of it."""
    not_allowed = _("This workspace does not allow such files: ask a workspace admin to allow them.")
    mends = {
        "file_uploads_disabled": not_allowed,
        "file_uploads_except_images_disabled": not_allowed,
        "file_type_not_allowed": _(
            "This workspace does not allow files of this type: ask for another one, or a workspace admin to allow it."
        ),
        "file_upload_size_restricted": _("It is larger than this workspace allows: ask for a single team."),
        "storage_limit_reached": _("This workspace has no room for more files: some must be deleted first."),
    }
    mend = mends.get(reason) or refusals.mend(reason) + " " + _("Ask for it again in an hour.")
    return plain_message(_("The file that you asked for could not be sent to you.") + " " + mend)


def notice(team: str, *, channel_id: str, bot: str, facts: NoticeFacts) -> Message:
    """What somebody is told about a team, by the reason for it; `bot` is the app's own user id."""
    reason, name = facts.reason, escape(one_line(team))
    error, round_id = facts.error, str(facts.round_id)
    shared_in = facts.channel or channel_id
    of_their_own: dict[NoticeReason, Callable[[], Message]] = {
        NoticeReason.ROSTER_FAILED: lambda: roster_failed(team, error, channel_id=channel_id, bot=bot),
        NoticeReason.SUMMARY_FAILED: lambda: summary_failed(team, error, round_id, channel_id=channel_id, bot=bot),
        NoticeReason.SHARE_FAILED: lambda: share_failed(team, error, channel_id=shared_in, bot=bot),
        NoticeReason.NOBODY: lambda: nobody_to_ask(team),
        NoticeReason.NOT_ASKED: lambda: not_asked(team, failed=facts.failed, asked=facts.asked, who=facts.who),
        NoticeReason.NOT_KNOWN: lambda: not_known(team, people=facts.people),
        NoticeReason.SETTING: lambda: setting_in_the_way(error, needed=facts.needed, team=team),
    }
    if reason in of_their_own:
        return of_their_own[reason]()
    if reason in news_views.REASONS:
        return news_views.news(team, channel_id=channel_id, bot=bot, facts=facts)
    sentences = {
        NoticeReason.STARTED: ngettext(
            "The round of *{team}* ({channel}) is open: {n} person is being asked.",
            "The round of *{team}* ({channel}) is open: {n} people are being asked.",
            facts.asked,
        ),
        NoticeReason.STILL_OPEN: _(
            "The last round of *{team}* ({channel}) was still open, so the next one is skipped."
        ),
        NoticeReason.MISSED: _(
            "The app wasn't running when *{team}* ({channel}) was due, and the time for that round is over. It is "
            "asked next time."
        ),
        NoticeReason.WITHIN_A_WEEK: _("*{team}* ({channel}) was asked within the last week, so this round is skipped."),
    }
    return plain_message(sentences[reason].format(team=name, channel=f"<#{channel_id}>", n=facts.asked))
