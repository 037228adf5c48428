"""The guided first minutes: what to do next, from how things stand."""

from dataclasses import dataclass
from typing import Any

from bot.demo.city import ADMIN, City, TeamPlan
from bot.demo.fast_forward import Moment


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the team that the guide is about has come since the demonstration began."""

    set_up: bool
    asked: bool
    answered: bool
    """By its manager, whom the guide is about, in this round, be it open or closed."""
    finished: int
    members: int
    closed: bool
    looked: bool
    """Whether its manager asked for a summary."""
    read: bool
    """Whether they did since the round closed."""


def guide(
    city: City, plan: TeamPlan, standing: Standing, *, next_event: Moment | None, has_past: bool
) -> dict[str, Any]:
    """The steps from where the city stands to a summary in the team's channel."""
    name = plan.members[0]
    person, channel = city.people[name], city.channels[plan.channel]
    there = {"person": person.id, "place": channel.id}
    asked = standing.asked or standing.closed
    others = asked and standing.finished - standing.answered >= standing.members - 1 > 0
    steps: list[dict[str, Any]] = []
    if plan.torn:
        steps.append(
            _step(
                "trouble",
                f"Be {name} and send /maturity summary in #{plan.channel}: split on two dimensions, and three actions "
                "are open.",
                done=asked or standing.looked,
                label="Write it for me",
                go=there | {"draft": "/maturity summary"},
            )
        )
    if not has_past:
        steps += [
            _step(
                "setup",
                f"Be {name}, who looks after {plan.name}. Send /maturity setup in #{plan.channel}, and save the form: "
                "it is valid as it stands.",
                done=standing.set_up,
                label="Write it for me",
                go=there | {"draft": "/maturity setup"},
            ),
            _step(
                "start",
                "Tap Start now in the confirmation, or send /maturity start. Everyone in the team is asked.",
                done=asked,
                label="Write it for me",
                go=there | {"draft": "/maturity start"},
            ),
        ]
    else:
        when = f", {next_event.at:%A %H:%M}" if next_event is not None and not asked else ""
        steps.append(
            _step(
                "next",
                f"Let time pass to the next event{when}: {plan.name} is asked by its schedule.",
                done=asked,
                label="Let it pass",
                go=there,
                stage={"do": "ask", "team": plan.channel},
            )
        )
    mine = {"person": person.id, "place": person.dm(city.app).id}
    steps += [
        _step(
            "answer",
            f"Answer as {name}: five taps in the messages from maturity, each saved at once.",
            done=standing.answered,
            missed=standing.closed and not standing.answered,
            label="Take me there",
            go=mine,
        ),
        _step(
            "others",
            "Let the others answer. Or be one of them yourself: switch people at the top left (on a phone: under "
            "Channels).",
            done=others,
            missed=standing.closed and not others,
            label="Let the others answer",
            stage={"do": "answers", "team": plan.channel, "but": person.id},
        ),
        _step(
            "close",
            "Let three working days pass. Who hasn't finished is reminded; then the round closes by itself.",
            done=standing.closed,
            label="Until the round closes",
            go=there,
            stage={"do": "close", "team": plan.channel},
        ),
        _step(
            "read",
            f"Read the summary in #{plan.channel}: where the team stands, and what to do next. "
            "Then ask for it yourself: /maturity summary.",
            done=standing.read,
            label="Read it",
            go=there | ({"draft": "/maturity summary"} if standing.closed else {}),
        ),
    ]
    if standing.read:
        admin = city.people[ADMIN]
        steps.append(
            _step(
                "further",
                f"What next: adopt a suggested action in the summary; be {ADMIN}, an admin, and send /maturity "
                "overview to see where all teams stand; or break Slack under Faults.",
                done=False,
                label="See the teams",
                go={"person": admin.id, "place": admin.dm(city.app).id, "draft": "/maturity overview"},
            )
        )
    return {"title": "To a first summary", "steps": steps}


def _step(name: str, text: str, *, done: bool, label: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "done": done, "label": label, **more}
