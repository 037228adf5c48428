"""What can be typed, by who may, and what was probably meant."""

from collections.abc import Iterable

from bot.commands.words import Usage, Who
from bot.kit.i18n import _
from bot.slack.blocks import LONGEST_SECTION, Message, escape, escape_within, section
from bot.slack.ids import COMMAND


def help_text(usages: Iterable[Usage], *, unknown: str | None = None) -> Message:
    """Every command with what it does, under who may; `unknown` is what was typed and isn't one."""
    listed = list(usages)
    start = _("A team's commands work in its channel; elsewhere, name the team. Answers are for you alone.")
    if unknown is not None:
        start = _no_such(unknown) + " " + _("What there is:") + "\n" + start
    parts = [start]
    for who, heading in _headings().items():
        lines = [_line(each) for each in listed if each.who is who]
        if lines:
            parts += _sections([f"*{heading}*", *lines])
    return Message("\n".join(parts), [section(part) for part in parts])


def probably(unknown: str, meant: Usage) -> Message:
    """What to type instead of a misspelt word, and where everything is listed."""
    all_of_them = _("`{help}` lists all commands.").format(help=f"{COMMAND} help")
    said = "\n".join((_no_such(unknown) + " " + _("Did you mean this?"), _line(meant), all_of_them))
    return Message(said, [section(said)])


def _headings() -> dict[Who, str]:
    return {
        Who.EVERYONE: _("For everyone"),
        Who.MEMBERS: _("For a team's members, managers and admins"),
        Who.MANAGERS: _("For managers and admins"),
        Who.ADMINS: _("For admins"),
    }


def _line(command: Usage) -> str:
    return f"`{COMMAND} {escape(command.usage)}`  {escape(command.does)}"


def _sections(lines: Iterable[str]) -> list[str]:
    """The lines in as few texts as a section's length allows."""
    parts: list[str] = []
    for line in lines:
        if parts and len(parts[-1]) + len(line) + 1 <= LONGEST_SECTION:
            parts[-1] += f"\n{line}"
        else:
            parts.append(line)
    return parts


def _no_such(word: str) -> str:
    typed = f"{COMMAND} {escape_within(word.replace('`', ''), 200)}"
    return _("There is no `{command}`.").format(command=typed)
