"""What happens in the demonstration: a round from its schedule to its summary, and a manager's question."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot.demo.city import TEAMS, City, TeamPlan
from bot.demo.leaping_clock import LeapingClock
from bot.demo.transcript import Transcript
from bot.sandbox import Channel, Person, SeenMessage
from bot.slack.ids import Do
from storage import rounds, teams
from storage.engine import Database
from storage.models import Round

ANSWERS = {
    "Ana": (2, 3, 1, 2, 1),
    "Ben": (2, 3, 2, 3, 4),
    "Cho": (3, 2, 1, 2, 1),
    "Dev": (2, 3, 1, 2, 3),
    "Eli": (3, 2, 2, 3, 4),
    "Fay": (1, 4, 2, 1, 4),
}
"""By dimension, A to E. Gus leaves this round out."""
CHANGED = 4
"""What Ben makes of his answer on leadership, once he has thought again."""
NOTE = "Legal now sits in our Monday meeting, the contractors don't yet."
SOON = 300.0
"""Seconds that anything may take on a slow machine."""
LOOKING = 0.05
"""Seconds between two looks at the database."""
BRINK = timedelta(seconds=1)


class Story:
    """Tells itself as it happens."""

    def __init__(
        self, city: City, *, clock: LeapingClock, database: Database, transcript: Transcript, picture: Path
    ) -> None:
        self._city = city
        self._clock = clock
        self._database = database
        self._transcript = transcript
        self._picture = picture
        self._team = TEAMS[0]
        self._channel: Channel = city.channels[self._team.channel]
        self._people = {name: city.people[name] for name in self._team.members}

    async def unfold(self) -> None:
        """All of it, in order; TimeoutError where the bot doesn't do its part."""
        await self._opens()
        await self._answers()
        await self._reminded()
        await self._closes()
        await self._asked_for()

    async def next_team(self) -> TeamPlan:
        """The team that is asked next, once the story is over."""
        async with self._database.reading() as session:
            found = await teams.all_of(session, workspace_id=self._city.workspace.id)
        waiting = {team.channel_id: team.next_round_at for team in found if team.next_round_at is not None}
        plans = [plan for plan in self._city.plans if self._city.channels[plan.channel].id in waiting]
        return min(plans, key=lambda plan: waiting[self._city.channels[plan.channel].id], default=self._team)

    async def _opens(self) -> None:
        async with self._database.reading() as session:
            team = await teams.of_channel(session, workspace_id=self._city.workspace.id, channel_id=self._channel.id)
        if team is None or team.next_round_at is None:
            raise AssertionError("the story's team waits for its round")
        self._clock.leap(team.next_round_at - BRINK)
        for person in self._people.values():
            await self._sees(person, "Choose the level where you stop")
        self._heading(team.next_round_at, f"the round of {team.name} opens by its schedule")
        self._transcript.tell(first=self._people["Ana"])

    async def _answers(self) -> None:
        self._heading(self._clock(), "people answer, a tap for each question")
        for name in ("Ana", "Ben", "Cho", "Dev", "Eli"):
            await self._answer(self._people[name], ANSWERS[name])
        self._transcript.tell()
        ben, cho = self._people["Ben"], self._people["Cho"]
        self._heading(self._clock(), "Ben changes an answer, and Cho adds a note")
        await ben.taps(await self._sees(ben, "Thank you"), action_id=Do.CHANGE_ANSWERS)
        await self._choose(ben, await self._sees(ben, "[Done]"), number=1, level=CHANGED)
        await ben.taps(await self._sees(ben, "[Done]"), action_id=Do.FINISH_CHANGING)
        await self._sees(ben, "Thank you")
        await cho.taps(await self._sees(cho, "Thank you"), action_id=Do.ADD_NOTES)
        await self._city.sandbox.until(lambda: cho.modal, timeout=SOON)
        await cho.fills(f"{Do.NOTE}:C", NOTE)
        await cho.submits()
        await self._sees(cho, NOTE)
        self._transcript.tell()

    async def _reminded(self) -> None:
        """Half-way, within office hours, whoever hasn't finished."""
        held = await self._open_round()
        if held.next_step_at is None:
            raise AssertionError("an open round has a next step")
        self._clock.leap(held.next_step_at)
        fay, gus = self._people["Fay"], self._people["Gus"]
        for person in (fay, gus):
            await self._sees(person, "isn't finished")
        self._heading(held.next_step_at, "a reminder, for whoever has not finished")
        await self._answer(fay, ANSWERS["Fay"])
        await gus.taps(await self._sees(gus, "isn't finished"), action_id=Do.SKIP_ROUND)
        for words in ("You skipped this round.", "You skipped this check-in"):
            await self._sees(gus, words)
        self._transcript.tell()

    async def _closes(self) -> None:
        held = await self._open_round()
        self._clock.leap(held.closes_at - BRINK)
        shown = await self._city.sandbox.until(self._shown_picture, timeout=SOON)
        for person in self._people.values():
            await self._sees(person, "This round has closed.")
        await self._knows_of_its_picture(held.id)
        self._picture.write_bytes(shown)
        self._heading(held.closes_at, "the round closes at its deadline")
        self._transcript.tell(first=self._people["Ana"])

    async def _asked_for(self) -> None:
        ana = self._people["Ana"]
        self._heading(
            self._clock(), "Ana asks for the summary again, and for that of Open data, of which she is a member"
        )
        await ana.types("/maturity summary", self._channel)
        await ana.types(f"/maturity summary {TEAMS[3].name}", self._channel)
        # Its answer comes at once, the picture that it promises a little later.
        await self._city.sandbox.until(lambda: self._newest(ana).pictures, timeout=SOON)
        self._transcript.tell()

    async def _answer(self, person: Person, levels: Sequence[int]) -> None:
        for number, level in enumerate(levels):
            await self._choose(
                person, await self._sees(person, "Choose the level where you stop"), number=number, level=level
            )
        await self._sees(person, "Thank you")

    async def _choose(self, person: Person, prompt: SeenMessage, *, number: int, level: int) -> None:
        questions = [block["block_id"] for block in prompt.blocks if block["block_id"].startswith("answer:")]
        await person.taps(prompt, action_id=Do.ANSWER, block_id=questions[number], value=str(level))

    async def _open_round(self) -> Round:
        async with self._database.reading() as session:
            team = await teams.of_channel(session, workspace_id=self._city.workspace.id, channel_id=self._channel.id)
            held = await rounds.open_of(session, team.id) if team is not None else None
        if held is None:
            raise AssertionError("the story's round is open")
        return held

    async def _knows_of_its_picture(self, round_id: int) -> None:
        """Until the program has written down that Slack shows the round's picture: who asks sooner is sent another."""
        async with asyncio.timeout(SOON):
            while True:
                async with self._database.reading() as session:
                    closed = await session.get(Round, round_id)
                if closed is not None and closed.picture_shown:
                    return
                await asyncio.sleep(LOOKING)

    async def _sees(self, person: Person, words: str) -> SeenMessage:
        """The newest message with these words in the person's direct messages, once it is there."""

        def found() -> SeenMessage | None:
            messages = person.sees(self._city.app)
            return next((one for one in reversed(messages) if words in one.shown), None)

        return await self._city.sandbox.until(found, timeout=SOON)

    def _newest(self, person: Person) -> SeenMessage:
        return person.sees(self._city.app)[-1]

    def _shown_picture(self) -> bytes | None:
        """The picture in the team's channel, as its members see it."""
        for message in self._people["Ana"].sees(self._channel):
            if message.thread is None and message.pictures:
                return message.pictures[0]
        return None

    def _heading(self, at: datetime, what: str) -> None:
        self._transcript.heading(f"{at:%A} {at.day} {at:%B, %H:%M}: {what}")
