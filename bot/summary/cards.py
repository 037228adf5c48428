"""A round's result, as its message and its picture take it."""

from bot.charts.profile_words import Caption, profile_alt_text
from bot.summary.result import Result, closed_on, day_of
from bot.summary.views import SummaryCard, round_name
from storage.models import Team


def card_of(result: Result, team: Team) -> SummaryCard:
    """Everything the summary message is drawn from, without its picture."""
    closed = result.closed
    caption = Caption(team.name, round_name(closed.number, closed_on(closed, team)))
    return SummaryCard(
        round_id=closed.id,
        team=team.name,
        channel_id=closed.channel_id,
        number=closed.number,
        closed_on=closed_on(closed, team),
        minimum=closed.minimum,
        summary=result.summary,
        rubric=result.rubric,
        notes=result.notes,
        names=result.names,
        withheld=closed.withheld,
        is_for_some=result.is_for_some,
        picture=None,
        follow_ups=result.follow_ups,
        taken_on=result.taken_on,
        open_until=result.open_until,
        next_round_at=team.next_round_at,
        time_zone=team.time_zone,
        today=day_of(result.seen_at, team) if result.seen_at is not None else None,
        alt_text=profile_alt_text(result.rubric, result.summary, caption),
    )


def caption_of(card: SummaryCard) -> Caption:
    """What the picture says it is of."""
    return Caption(card.team, round_name(card.number, card.closed_on))
