"""What can be typed, and what was probably meant."""

from collections.abc import Sequence

from bot.i18n import _
from bot.ids import COMMAND
from bot.views.message import LONGEST_SECTION, Message, escape, escape_within, section


def help_text(
    commands: Sequence[tuple[str, str]], *, unknown: str | None = None, nearest: str | None = None
) -> Message:
    """Every command with what it does; `commands` are (usage without the slash command, description).

    `unknown` is what was typed and isn't one; `nearest` the word that was probably meant.
    """
    if unknown is None:
        start = _("What you can type:")
    elif nearest is None:
        start = _("There is no `{command}`. What you can type:").format(command=_typed(unknown))
    else:
        start = _("There is no `{command}`. Did you mean `{nearest}`?").format(
            command=_typed(unknown), nearest=f"{COMMAND} {escape(nearest)}"
        )
    lines = [f"`{COMMAND} {escape(usage)}`  {escape(description)}" for usage, description in commands]
    parts = [start]
    for line in lines:
        if len(parts[-1]) + len(line) + 1 > LONGEST_SECTION:
            parts.append(line)
        else:
            parts[-1] += f"\n{line}"
    return Message("\n".join([start, *lines]), [section(part) for part in parts])


def _typed(word: str) -> str:
    return f"{COMMAND} {escape_within(word.replace('`', ''), 200)}"
