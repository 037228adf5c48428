"""What a team's channel reads about the team itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.check_ins.views import number_of, time_for
from bot.kit.i18n import _
from bot.slack.blocks import Message, escape, one_line, section, zone_name
from bot.slack.wording import long_date
from bot.teams.form import cadence
from bot.teams.head_count_views import HeadCount
from bot.teams.saved_views import rhythm
from storage.kinds import Privacy, Whose
from storage.models import Team


def introduction(
    team: Team, *, by: str | None, first: datetime | None, questions: int, heads: HeadCount | None, minimum: int
) -> Message:
    """What the check-ins are, who set them up, when they come, and who sees what.

    `questions` is how many they ask, `heads` how many people, where that is known.
    """
    name = escape(one_line(team.name))
    said = _("Check-ins for *{team}*").format(team=name)
    if by is None:
        who = _("Your organisation has set up check-ins for this team.")
    else:
        who = _("{user} has set up check-ins for this team.").format(user=f"<@{by}>")
    what = _(
        "Each member gets {questions} as a direct message, about how the team works and not about any person. "
        "Answering takes {time}."
    ).format(questions=number_of(questions), time=time_for(questions))
    often = rhythm(cadence(every_weeks=team.every_weeks, monthly_nth=team.monthly_nth), team.weekday)
    paragraphs = [
        f"{said}\n{who} {what}",
        f"{often} {_first(team, first)}".strip(),
        who_sees_what(team.privacy, minimum=minimum),
        _afterwards(team, heads, minimum=minimum),
    ]
    return Message(" ".join(paragraphs).replace("\n", ". "), [section("\n".join(paragraphs))])


def _afterwards(team: Team, heads: HeadCount | None, *, minimum: int) -> str:
    """What comes here once a round has closed; of a team that is too small that is no summary."""
    if heads is None or heads.is_rough or heads.asked >= minimum:
        return _(
            "If enough people answer, the summary is posted here, so that the team can talk about it and decide what "
            "to do next."
        )
    if team.privacy is Privacy.NAMED:
        return _(
            "Afterwards everyone who was asked and the team's managers find the answers here, under Details, so that "
            "the team can talk about them and decide what to do next."
        )
    return _("As long as fewer than {n} people are asked, there is no summary.").format(n=minimum)


def _first(team: Team, first: datetime | None) -> str:
    if first is None:
        return ""
    day = long_date(first.astimezone(ZoneInfo(team.time_zone)).date())
    if team.clock is Whose.MEMBER:
        said = _("The first comes on {day} at {time}, wherever you are.")
    else:
        said = _("The first comes on {day} at {time} ({zone}).")
    zone = escape(zone_name(team.time_zone))
    return said.format(day=day, time=f"{team.local_time:%H:%M}", zone=zone)


def asked_otherwise(team: Team, *, minimum: int) -> Message:
    """That another way of asking holds from the next round on."""
    name = escape(one_line(team.name))
    if team.privacy is Privacy.NAMED:
        said = _("*From the next round on, check-ins of {team} are named.* Until now they were confidential.")
    else:
        said = _("From the next round on, check-ins of *{team}* are confidential. Until now they were named.")
    text = said.format(team=name) + " " + who_sees_what(team.privacy, minimum=minimum)
    return Message(text, [section(text)])


def who_sees_what(privacy: Privacy, *, minimum: int) -> str:
    """Who reads which answers, as far as a channel must know."""
    if privacy is Privacy.NAMED:
        return _(
            "*Answers are named*: everyone who is asked and the team's managers see who chose what. Others see no "
            "names."
        )
    return _(
        "Answers are confidential: nobody in Slack sees who chose what, and a question shows nothing unless at least "
        "{n} people answered it."
    ).format(n=minimum)
