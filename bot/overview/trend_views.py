"""A team's rounds side by side, in words; the picture follows as a file."""

from bot.charts.trend_words import TrendCard, course, remarks, round_names, trend_alt_text
from bot.kit.i18n import _
from bot.slack.blocks import Message, context, escape, header, one_line, section
from bot.slack.wording import title


def trend(card: TrendCard) -> Message:
    """Each dimension over the rounds, with what must be known to read them side by side."""
    name = _("{team}: levels over time") if card.trend.is_one else _("{team}: levels so far")
    blocks = [header(name.format(team=one_line(card.team))), context(round_names(card))]
    for dimension, lane in zip(card.rubric.dimensions, card.trend.lanes, strict=True):
        blocks.append(section(f"*{title(dimension)}*\n{_sentence(course(card, lane))}"))
    blocks += [context(said) for said in remarks(card)]
    blocks.append(context(_("The picture is on its way to you as a direct message.")))
    return Message(escape(trend_alt_text(card)), blocks)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
