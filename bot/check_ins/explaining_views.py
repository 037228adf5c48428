"""What explains a check-in: how to choose a level, what the levels mean, who sees what, and who asks."""

from collections.abc import Sequence

from bot.kit.i18n import _, ngettext
from bot.slack.blocks import LONGEST_SECTION, Block, context, escape, modal, section, within
from bot.slack.ids import View
from bot.slack.wording import mentions, title
from rubric import Dimension, Rubric, notes_from
from storage.kinds import Privacy

MOST_WHO_ASK = 3
"""Managers named in an introduction; of more it says how many."""


def introduction(team: str, *, managers: Sequence[str], reader: str) -> str:
    """Who asks somebody who was never asked before, and why; `managers` are the team's, `reader` is who is asked.

    `team` is escaped already.
    """
    others = [user_id for user_id in managers if user_id != reader]
    if others:
        who = ngettext(
            "{people} runs check-ins for *{team}*", "{people} run check-ins for *{team}*", len(others)
        ).format(people=mentions(others, most=MOST_WHO_ASK), team=team)
    elif managers:
        who = _("You run check-ins for *{team}*").format(team=team)
    else:
        who = _("Your organisation runs check-ins for *{team}*").format(team=team)
    return _(
        "This is your first check-in. {who}, to find out where the team stands and what would help it most. "
        "It is about how the team works, not about you."
    ).format(who=who)


def choosing(rubric: Rubric) -> str:
    """How to choose a level; the rule that stands above the questions."""
    rule = _(
        "Start at level 1 and go up as long as the next level is usually true of your team today. "
        "Choose the level where you stop."
    )
    has_slash = any("/" in text for dimension in rubric.dimensions for text in dimension.levels)
    return rule + "\n" + _("A slash means either.") if has_slash else rule


def who_sees(privacy: Privacy, *, minimum: int, few_asked: int | None = None) -> str:
    """Who sees what, in a line; `how_private` tells the rest. `few_asked`: so many are asked, too few."""
    if privacy is Privacy.NAMED:
        return _(
            "*Named: when the round closes, everyone asked in it and the team's managers see your name beside your "
            "answers and notes.*"
        )
    if few_asked is not None:
        return ngettext(
            "Nobody in Slack sees your answers. Only you are asked and a summary needs {minimum} answers, so this "
            "round will show nothing.",
            "Nobody in Slack sees your answers. Only {n} people are asked and a summary needs {minimum} answers, so "
            "this round will show nothing.",
            few_asked,
        ).format(n=few_asked, minimum=minimum)
    return _(
        "Nobody in Slack sees your answers. Your team sees only a summary of the questions that at least {minimum} "
        "people answered."
    ).format(minimum=minimum)


def who_sees_notes(privacy: Privacy, *, minimum: int) -> str:
    """Who sees a note, above the fields for them."""
    why = _("An example or a link helps your team understand an answer.")
    if privacy is Privacy.NAMED:
        return f"{why} " + _(
            "*When the round closes, everyone asked in it and the team's managers see your name beside your notes.* "
            "Nobody else sees them."
        )
    return f"{why} {notes_without_names(minimum=minimum)}"


def notes_without_names(*, minimum: int) -> str:
    """What becomes of notes in a confidential round."""
    return _(
        "Your team sees notes without names and in random order, and only for questions that at least {number} people "
        "answered; the others are deleted. What you write, and how, can still give you away."
    ).format(number=notes_from(minimum))


def what_cant_be_prevented() -> str:
    """The limits of the promise, as far as they are the same whoever reads them."""
    return _(
        "*What the app can't prevent:* People who tell each other their answers can work out more, and a note can give "
        "its writer away by what it says. Two check-ins of one team can be compared: if everybody else answers as "
        "before, what changed is the answer of whoever joined, left or didn't answer. So a check-in says when one to "
        "three people differ from the last one. Whoever runs this app can read its database while a round is open, and "
        "backups made then keep what they hold."
    )


def privacy_label(privacy: Privacy) -> str:
    """What the button is called that opens `how_private`, and the modal."""
    return _("Who sees your answers") if privacy is Privacy.NAMED else _("How this stays private")


def how_private(privacy: Privacy, *, minimum: int) -> Block:
    """Who sees what of a check-in, when, and what no rule can prevent."""
    if privacy is Privacy.NAMED:
        said = [
            who_sees(privacy, minimum=minimum),
            _(
                "Everyone else, including admins and people who join the team later, sees only what a confidential "
                "check-in would show, and no notes."
            ),
            _("*Until the close* nobody in Slack sees your answers, and you can change them."),
            _("*After it* your answers and notes are kept with your name."),
        ]
    else:
        said = [
            _(
                "*Who sees what:* Nobody in Slack sees your answers: not your team, not its managers, not the admins. "
                "Your team sees only a summary of the questions that at least {minimum} people answered. “Can't say” "
                "doesn't count as an answer there."
            ).format(minimum=minimum),
            _(
                "*When the round closes,* all answers and the times of your taps are deleted. What stays is that you "
                "took part and, for those questions, how many people chose each level."
            ),
            _("*Notes:*") + " " + notes_without_names(minimum=minimum),
            _("*Until the close* your answers are stored with your name, so that you can change them."),
            what_cant_be_prevented(),
        ]
    said.append(
        _("`/maturity privacy`, typed in any channel, shows what is stored about you, and exports or deletes it.")
    )
    return modal(
        title=privacy_label(privacy),
        blocks=[section(text) for text in said],
        callback_id=View.MESSAGE,
        close=_("Close"),
    )


def levels_meaning(rubric: Rubric) -> Block:
    """What the model's source says of each question and each level, in its own words and marked as such."""
    blocks = [
        section(
            _(
                "From level 2 up, each level includes those below it, down to 2. Level 1 is where level 2 isn't true "
                "yet: it needs no proof."
            )
        )
    ]
    source = escape(rubric.source)
    if any(dimension.gloss or dimension.clauses for dimension in rubric.dimensions):
        blocks.append(context(_("Words in quotation marks come from {source}.").format(source=source)))
        blocks += [section(_explained(dimension)) for dimension in rubric.dimensions]
    else:
        blocks += [section(_explained(dimension)) for dimension in rubric.dimensions]
        blocks.append(context(_("Each level as a whole, in the words of the source: {source}.").format(source=source)))
        blocks += [section(within(f"“{escape(text)}”", LONGEST_SECTION)) for text in rubric.paragraphs]
    return modal(title=_("What do the levels mean?"), blocks=blocks, callback_id=View.MESSAGE, close=_("Close"))


def _explained(dimension: Dimension) -> str:
    lines = [f"*{title(dimension)}*"]
    if dimension.gloss:
        lines.append(f"“{escape(dimension.gloss)}”")
    for level, text in enumerate(dimension.levels, start=1):
        line = f"{level}. {escape(text)}"
        lines.append(f"{line}: “{escape(dimension.clauses[level - 1])}”" if dimension.clauses else line)
    return within("\n".join(lines), LONGEST_SECTION)
