"""What is kept about a person, said plainly; and its erasure."""

from collections.abc import Iterable, Sequence

from bot.check_ins.explaining_views import what_cant_be_prevented
from bot.kit.i18n import _, ngettext
from bot.slack.blocks import Block, Message, actions, button, escape, escape_within, modal, one_line, section, zone_name
from bot.slack.ids import Do, View
from bot.slack.wording import long_date
from rubric import notes_from
from storage.kinds import ActionState, Privacy, RoundState
from storage.privacy import Stored

MOST_TEAMS = 10
"""Names in one line; the rest is counted."""
LONGEST_NAME = 80


def privacy_text(*, minimum: int, stored: Stored, messages_kept: int) -> Message:
    """Who sees what, what is stored, and what no rule can prevent; two buttons that export and erase it.

    `messages_kept`: for how many days it is known which messages were sent.
    """
    confidential = _(
        "*In a confidential check-in* nobody in Slack sees your answers: not your team, not its managers, not the "
        "admins. While the round is open they are stored with your name, so that you can change them. When it closes, "
        "all answers and the times of your taps are deleted in one step. What stays is that you took part and, for "
        "questions that at least {minimum} people answered, how many people chose each level. Notes stay, without your "
        "name and in random order, for questions that at least {notes_from} people answered; the others are deleted."
    ).format(minimum=minimum, notes_from=notes_from(minimum))
    named = _(
        "*In a named check-in* everyone asked in it and the team's managers see your name beside your answers and "
        "notes, once the round has closed. Everyone else, including admins and people who join the team later, sees "
        "only what a confidential check-in would show, and no notes. You read this before you answer."
    )
    members = _(
        "*Guests and people of other organisations* are not asked and not counted, and see only what is posted in "
        "channels they are in."
    )
    nearly = _(
        "*Two check-ins of nearly the same people* begin at least six days apart, also of different teams, unless both "
        "are named: comparing their results could give a single answer away. For this the app keeps for six days, or "
        "while a check-in of yours is open, that you were asked, when, and whether you took part; no answer. It stays "
        "when a team is deleted or you delete your data."
    )
    general = _(
        "*The app also stores* what Slack says about you and what you asked it for. Answers and notes never reach its "
        "logs."
    )
    now = "\n".join([_("*Stored about you now*"), *(f"•  {line}" for line in _lines(stored, messages_kept))])
    return Message(
        _("What is stored about you, and who sees it."),
        [
            *(section(text) for text in (confidential, named, members, nearly, what_cant_be_prevented(), general, now)),
            actions(
                button(_("Export my data"), do=Do.EXPORT_MY_DATA),
                button(_("Delete my data"), do=Do.ERASE_MY_DATA, style="danger"),
            ),
        ],
    )


def _lines(stored: Stored, messages_kept: int) -> list[str]:
    """What there is, a line each, in numbers: an answer shown here could not be taken back at the close."""
    found = (_profile(stored), _teams(stored), _open(stored), _took_part(stored), _recent(stored), _named(stored),
             _items(stored), _wishes(stored), _messages(stored, messages_kept), _audit(stored))  # fmt: skip
    return [line for line in found if line] or [_("Nothing.")]


def _profile(stored: Stored) -> str:
    person = stored.person
    if person is None or not person.name:
        return ""
    facts = [escape(one_line(person.name))]
    if person.time_zone is not None:
        facts.append(_("time zone {zone}").format(zone=escape(zone_name(person.time_zone))))
    facts.append(_("guest") if person.is_guest else _("full member"))
    if person.is_admin or stored.named_admin:
        facts.append(_("admin"))
    return _("From Slack: {facts}.").format(facts=", ".join(facts))


def _teams(stored: Stored) -> str:
    parts = []
    member = [tie.team for tie in stored.ties if tie.member or tie.chosen]
    managed = [tie.team for tie in stored.ties if tie.manager]
    if member:
        parts.append(_("You are a member of {teams}.").format(teams=_listed(member)))
    if managed:
        parts.append(_("You manage {teams}.").format(teams=_listed(managed)))
    return " ".join(parts)


def _open(stored: Stored) -> str:
    asked = [each for each in stored.check_ins if each.round.state is RoundState.OPEN]
    if not asked:
        return ""
    given = [answer for each in asked for answer in each.answers.values()]
    return _("Open check-ins: {teams}, with {answers} and {notes} of yours.").format(
        teams=_listed([each.team for each in asked]),
        answers=_answers(len(given)),
        notes=_notes(sum(1 for answer in given if answer.note)),
    )


def _took_part(stored: Stored) -> str:
    closed = [each for each in stored.check_ins if each.round.state is RoundState.CLOSED]
    if not closed:
        return ""
    return ngettext(
        "Closed rounds: you were asked in {n} and took part in {part}.",
        "Closed rounds: you were asked in {n} and took part in {part}.",
        len(closed),
    ).format(part=sum(each.member.took_part for each in closed), n=len(closed))


def _recent(stored: Stored) -> str:
    number = len(stored.recently_asked)
    if not number:
        return ""
    return ngettext(
        "You were asked in {n} check-in within the last six days, or are being asked now.",
        "You were asked in {n} check-ins within the last six days, or are being asked now.",
        number,
    ).format(n=number)


def _named(stored: Stored) -> str:
    kept = [
        answer
        for each in stored.check_ins
        if each.round.state is RoundState.CLOSED and each.round.privacy is Privacy.NAMED
        for answer in each.answers.values()
    ]
    if not kept:
        return ""
    return _("Named rounds that are closed: {answers} and {notes}, with your name.").format(
        answers=_answers(len(kept)), notes=_notes(sum(1 for answer in kept if answer.note))
    )


def _items(stored: Stored) -> str:
    if not stored.action_items and not stored.written:
        return ""
    still_open = sum(item.state is ActionState.OPEN for item in stored.action_items)
    return _("Action items: you own {owned}, {open} of them open, and wrote {written}.").format(
        owned=len(stored.action_items), open=still_open, written=stored.written
    )


def _wishes(stored: Stored) -> str:
    parts = []
    if stored.person is not None and stored.person.away_until is not None:
        parts.append(_("You are away through {date}.").format(date=long_date(stored.person.away_until)))
    if stored.person is not None and stored.person.opted_out:
        parts.append(_("You chose not to be asked."))
    return " ".join(parts)


def _messages(stored: Stored, kept: int) -> str:
    number = len(stored.messages)
    if not number:
        return ""
    sent = ngettext(
        "The app sent you {n} message; it keeps when, and not what it said.",
        "The app sent you {n} messages; it keeps when, and not what they said.",
        number,
    ).format(n=number)
    return sent + " " + _("This is kept for {days} days.").format(days=kept)


def _audit(stored: Stored) -> str:
    number = len(stored.audit)
    if not number:
        return ""
    return ngettext(
        "What you did as a manager or admin: {n} entry for the admins.",
        "What you did as a manager or admin: {n} entries for the admins.",
        number,
    ).format(n=number)


def _answers(number: int) -> str:
    return ngettext("{n} answer", "{n} answers", number).format(n=number)


def _notes(number: int) -> str:
    return ngettext("{n} note", "{n} notes", number).format(n=number)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"*{escape_within(name, LONGEST_NAME)}*" for name in names[:MOST_TEAMS])
    more = len(names) - MOST_TEAMS
    return shown if more <= 0 else _("{names} and {n} more").format(names=shown, n=more)


def erasing() -> Block:
    """The question before the erasure: what goes, and what stays and why."""
    goes = (
        _(
            "Your answers and notes in open check-ins. These rounds are left out. You can take them up again until "
            "they close; then somebody without a name takes your place there, too."
        ),
        _("Your answers and notes in named rounds."),
        _("That it was you who took part in closed rounds: somebody without a name takes your place there."),
        _("Your name, time zone and the rest of what Slack says of you."),
        _(
            "Your name at action items: those you own have no owner then, and your team's managers are asked about "
            "them."
        ),
        _("Which messages the app sent you."),
    )
    stays = (
        _("How many were asked, took part and chose which level in closed rounds, and notes without names: that was "
          "shown already and tells nobody's answer. A summary that was posted can still mention you as an action's "
          "owner."),
        _("Your away dates and your choice not to be asked, because you set them."),
        _("For six days, that you were asked: it keeps others from taking one result from another."),
        _("That you manage a team, were chosen for one or are an admin, and what you did as such: others rely on it."),
        _("Whatever stands in Slack: messages, and files that you asked for, until somebody deletes them there."),
    )  # fmt: skip
    again = _(
        "Slack still has you in your channels. Before a team of yours is asked next, or when you use the app again, it "
        "reads your name and time zone anew; an admin's, also when Slack says that their profile changed. To be "
        "asked no more, tap *Stop asking me* in the app's Home first."
    )
    return modal(
        title=_("Delete my data"),
        blocks=[
            section(_("*This goes, for good:*") + "\n" + _bullets(goes)),
            section(_("*This stays:*") + "\n" + _bullets(stays)),
            section(again),
        ],
        callback_id=View.ERASE,
        submit=_("Delete for good"),
        close=_("Keep it"),
    )


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"•  {line}" for line in lines)


def erased() -> Block:
    """In the question's place once it is done."""
    said = _("Deleted. `/maturity privacy` shows what is left.")
    return modal(title=_("Delete my data"), blocks=[section(said)], callback_id=View.MESSAGE, close=_("Close"))


def on_its_way() -> Message:
    said = _("Your data are on their way to you as a direct message.")
    return Message(said, [section(said)])
