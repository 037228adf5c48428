"""What a team's channel reads about the team itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.kit.i18n import _
from bot.slack.blocks import Message, escape, one_line, section
from bot.slack.wording import long_date
from bot.teams.form import cadence
from bot.teams.saved_views import rhythm
from storage.kinds import Privacy, Whose
from storage.models import Team


def introduction(team: Team, *, by: str | None, first: datetime | None, minimum: int) -> Message:
    """What the check-ins are, who set them up, when they come, and who sees what."""
    name = escape(one_line(team.name))
    said = _("Check-ins for *{team}*").format(team=name)
    if by is None:
        who = _("Your organisation has set up check-ins for this team.")
    else:
        who = _("{user} has set up check-ins for this team.").format(user=f"<@{by}>")
    what = _(
        "Five questions about how the team works, not about any person. They come as a direct message and take about a "
        "minute."
    )
    often = rhythm(cadence(every_weeks=team.every_weeks, monthly_nth=team.monthly_nth), team.weekday)
    after = _("Afterwards the summary is posted here, so that the team can talk about it and decide what to do next.")
    paragraphs = [
        f"{said}\n{who} {what}",
        f"{often} {_first(team, first)}".strip(),
        who_sees_what(team.privacy, minimum=minimum),
        after,
    ]
    return Message(" ".join(paragraphs).replace("\n", ". "), [section("\n".join(paragraphs))])


def _first(team: Team, first: datetime | None) -> str:
    if first is None:
        return ""
    day = long_date(first.astimezone(ZoneInfo(team.time_zone)).date())
    if team.clock is Whose.MEMBER:
        said = _("The first comes on {day} at {time}, wherever you are.")
    else:
        said = _("The first comes on {day} at {time} ({zone}).")
    zone = escape(team.time_zone.replace("_", " "))
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
