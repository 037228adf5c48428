"""What Slack refused, in words: what it means, and who can do what about it."""

from bot.kit.i18n import _
from bot.slack.blocks import escape, one_line
from bot.slack.verdicts import Verdict, judge
from storage.kinds import NOT_DRAWN, UNREADABLE

NOT_IN_CHANNEL = frozenset({"not_in_channel", "channel_not_found"})
"""What Slack answers to a post into a channel that the app isn't in; private ones it doesn't even know."""


def mend(error: str, *, channel_id: str = "", bot: str = "") -> str:
    """What a manager can do about this error of a delivery; a channel is named where it is about one."""
    if channel_id and error in NOT_IN_CHANNEL:
        return _("The app is not in that channel: type `/invite` <@{bot}> there.").format(bot=bot)
    if error == "is_archived":
        return _("The channel is archived: unarchive it.")
    if error == "missing_scope":
        return _("The app lacks a permission: ask a workspace admin to install it again.")
    if channel_id and error != NOT_DRAWN and judge(error).verdict is Verdict.CHANNEL:
        return _(
            "This channel takes no messages from the app (Slack said `{reason}`): ask a workspace admin to allow them, "
            "or move the team to another channel with `/maturity settings`."
        ).format(reason=_quoted(error))
    return trouble(error) + "."


def trouble(error: str) -> str:
    """The error of a delivery in words, as a sentence without its end."""
    known = {
        NOT_DRAWN: _("The app met with an error of its own"),
        UNREADABLE: _("The app met with an error of its own"),
        "ratelimited": _("Slack took no more messages from the app"),
        "rate_limited": _("Slack took no more messages from the app"),
        "message_limit_exceeded": _("Slack took no more messages in this workspace"),
        "unreachable": _("Slack could not be reached"),
        "plan_upgrade_required": _("Slack gives user groups to paid plans only: choose other members in the settings"),
        "no_such_subteam": _("Its user group is gone: choose other members in the settings"),
    }
    # An exception's name stands where there was no answer.
    other = _("Slack did not answer") if error[:1].isupper() else _("Slack said `{reason}`")
    return known.get(error) or other.format(reason=_quoted(error))


def why_not(error: str) -> str:
    """Why somebody couldn't be asked, as a part of a sentence."""
    known = {
        "user_disabled": _("deactivated"),
        "user_not_found": _("not known to Slack"),
        "users_not_found": _("not known to Slack"),
        "user_not_visible": _("not shown to the app by Slack"),
        "cannot_dm_bot": _("a bot"),
        "channel_not_found": _("out of reach of the app's direct messages"),
        "invalid_user_combination": _("out of reach of the app's direct messages"),
        "app_access_restricted": _("not allowed to use the app; a workspace admin can change that"),
        "messages_tab_disabled": _("the app takes no direct messages; its administrator can change that"),
        "account_inactive": _("Slack refused the app's token; it has to be installed again"),
        "token_revoked": _("Slack refused the app's token; it has to be installed again"),
    }
    return known.get(error) or trouble(error)


def setting_in_the_way(word: str, *, needed: str) -> str:
    """To an admin: a setting, plan or policy that keeps the app from what it is for. `needed` is a scope."""
    files = _("Files and pictures can't be sent in this workspace: summaries come without their picture. ")
    known = {
        "messages_tab_disabled": _(
            "The app can't write direct messages, so nobody is asked: whoever looks after it can allow them on its "
            "page at Slack (App Home, Messages Tab)."
        ),
        "missing_scope": _(
            "The app lacks a permission{scope}, so part of what it does fails. Install it again to grant it."
        ),
        "plan_upgrade_required": _(
            "User groups need a paid plan of Slack's: teams that are made of one keep the members that were read last. "
            "Their managers can choose other members with `/maturity settings`."
        ),
        "accesslimited": _("Slack doesn't take the app's calls from its network: add its address to the allowed ones."),
        "file_uploads_disabled": files + _("An admin can allow them in the workspace's settings."),
        "file_uploads_except_images_disabled": files + _("An admin can allow them in the workspace's settings."),
        "storage_limit_reached": files + _("There is no room for more: some must be deleted first."),
    }
    other = _("A setting of this workspace keeps the app from part of its work: Slack said `{reason}`.")
    scope = f" (`{_quoted(needed)}`)" if needed else ""
    return known.get(word, other).format(reason=_quoted(word), scope=scope)


def to_who_waits(word: str, verdict: Verdict, *, needed: str = "") -> str | None:
    """What somebody reads who waits for what Slack refused; None where it is a mistake of ours."""
    scope = f" (`{_quoted(needed)}`)" if needed else ""
    sentences = {
        Verdict.PASSING: _("Slack could not do that just now. Try again in a minute."),
        Verdict.INSTALLATION: _("Slack refused the app's token. Ask a workspace admin to install the app again."),
        Verdict.CHANNEL: _("Slack doesn't let the app use that channel (`{word}`). Invite it there, and try again."),
        Verdict.PERSON: _("Slack doesn't tell the app who that is (`{word}`). Name somebody else, or ask an admin."),
        Verdict.SETTING: _("This workspace doesn't let the app do that (`{word}`). Ask a workspace admin to allow it."),
        Verdict.TARGET: _("What that was about is gone from Slack. Open it again from the start."),
        Verdict.MOMENT: _("Slack had moved on by then. Try again."),
    }
    if word == "missing_scope":
        said = _("The app lacks a permission{scope}. Ask a workspace admin to install it again.")
        return said.format(scope=scope)
    said_of = sentences.get(verdict)
    return None if said_of is None else said_of.format(word=_quoted(word))


def _quoted(word: str) -> str:
    return escape(one_line(word).replace("`", ""))
