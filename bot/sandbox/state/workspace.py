"""A workspace: its people, conversations, user groups, files and installed apps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.sandbox.people.person import Person
from bot.sandbox.state.apps import App, Installation
from bot.sandbox.state.channel import Channel, Kind
from bot.sandbox.state.records import JSON, File, Usergroup

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

SLACKBOT = "USLACKBOT"


class Workspace:
    """One tenant. Every workspace is a wall: ids of one mean nothing in another."""

    def __init__(self, sandbox: Sandbox, *, workspace_id: str, name: str, domain: str) -> None:
        self.sandbox = sandbox
        self.id = workspace_id
        self.name = name
        self.domain = domain
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.files: dict[str, File] = {}
        self.refuses_files: str | None = None
        """Slack's error for every upload, where the workspace's owners allow none: `file_uploads_disabled`."""
        self.installations: dict[str, Installation] = {}
        self._direct: dict[frozenset[str], Channel] = {}
        self.slackbot = self.add_person(name="Slackbot", id=SLACKBOT)

    def __repr__(self) -> str:
        return f"<Workspace {self.name} {self.id}>"

    def add_person(
        self,
        *,
        name: str,
        display_name: str | None = None,
        tz: str | None = "America/Chicago",
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
        prefix: str = "U",
        is_admin: bool = False,
        is_owner: bool = False,
        is_bot: bool = False,
        is_restricted: bool = False,
        is_ultra_restricted: bool = False,
        deleted: bool = False,
        team_id: str | None = None,
        enterprise_user: JSON | None = None,
    ) -> Person:
        """A new person at this workspace, with a client of their own. `tz` None: Slack doesn't know the zone.

        `is_restricted` is a guest in several channels, `is_ultra_restricted` one in a single channel; `team_id` is that
        of another workspace, which they are from. They are of another organisation then, unless this workspace is among
        the `teams` of their `enterprise_user`.
        """
        person = Person(
            self,
            person_id=id or self.sandbox.ids.new(prefix),
            name=name,
            display_name=display_name,
            tz=tz,
            is_admin=is_admin,
            is_owner=is_owner,
            is_bot=is_bot,
            is_restricted=is_restricted or is_ultra_restricted,
            is_ultra_restricted=is_ultra_restricted,
            deleted=deleted,
            team_id=team_id or self.id,
            enterprise_user=enterprise_user,
        )
        self.people[person.id] = person
        if not is_bot and not person.is_external:
            self.announce({"type": "team_join", "user": person.profile()})
        return person

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[Person | App | Installation] = (),
        is_private: bool = False,
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
    ) -> Channel:
        """A new channel whose first member created it."""
        channel = self._add_channel(id or self.sandbox.ids.new("C"), name, "private" if is_private else "public")
        channel.add_members(self.people_of(members))
        channel.creator = next(iter(channel.members.values()), None)
        return channel

    def add_usergroup(self, handle: str, name: str, people: Iterable[Person]) -> Usergroup:
        group = Usergroup(
            id=self.sandbox.ids.new("S"), handle=handle, name=name, people=list(people), created=self.sandbox.now()
        )
        self.usergroups[group.id] = group
        return group

    def set_usergroup(self, group: Usergroup, people: Iterable[Person]) -> None:
        """Replace who is in a user group; apps hear `subteam_members_changed`."""
        before = {person.id for person in group.people}
        group.people = list(people)
        after = {person.id for person in group.people}
        self.announce(
            {
                "type": "subteam_members_changed",
                "subteam_id": group.id,
                "team_id": self.id,
                "added_users": sorted(after - before),
                "added_users_count": len(after - before),
                "removed_users": sorted(before - after),
                "removed_users_count": len(before - after),
            }
        )
        self.sandbox.changes.notify()

    def direct(
        self,
        *people: Person,
        id: str | None = None,  # noqa: A002 - the name that Slack gives it
    ) -> Channel:
        """The direct message of two people (a bot is one, too), or the group message of more."""
        key = frozenset(person.id for person in people)
        if key not in self._direct:
            pair = len(key) <= 2  # noqa: PLR2004 - a direct message has two sides
            names = "--".join(person.username for person in people)
            channel = self._add_channel(
                id or self.sandbox.ids.new("D" if pair else "C"),
                "directmessage" if pair else f"mpdm-{names}-1",
                "im" if pair else "mpim",
            )
            channel.add_members(people)
            self._direct[key] = channel
        return self._direct[key]

    def installation_for(self, app: App) -> Installation:
        """The app's living installation here; LookupError when there is none."""
        installation = self.installations.get(app.id)
        if installation is None or installation.ended:
            raise LookupError(f"{app.name} is not installed in {self.name}")
        return installation

    def installation_of(self, bot: Person) -> Installation | None:
        return next((found for found in self.installations.values() if found.bot is bot), None)

    def people_of(self, who: Iterable[Person | App | Installation]) -> list[Person]:
        """People as they are, apps as their bot users."""
        people = []
        for one in who:
            if isinstance(one, App):
                people.append(self.installation_for(one).bot)
            else:
                people.append(one.bot if isinstance(one, Installation) else one)
        return people

    def announce(
        self,
        event: JSON,
        *,
        channel: Channel | None = None,
        only: Installation | None = None,
        subscription: str | None = None,
    ) -> None:
        """Send an event to the apps that are subscribed to it; one about a channel only to those in it."""
        for installation in self.installations.values():
            if installation.ended or (only is not None and only is not installation):
                continue
            if channel is not None and installation.bot_user_id not in channel.members:
                continue
            if (subscription or event["type"]) in installation.app.events:
                self.sandbox.courier.send_event(installation, event)

    def _add_channel(self, channel_id: str, name: str, kind: Kind) -> Channel:
        channel = Channel(self, channel_id=channel_id, name=name, kind=kind, created=self.sandbox.now())
        self.channels[channel.id] = channel
        self.sandbox.changes.notify()
        return channel
