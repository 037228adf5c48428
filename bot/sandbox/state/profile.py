"""The facts that Slack has about the owner of an account."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.state.content import JSON


@dataclass(kw_only=True, eq=False, repr=False)
class Profile:
    """`tz` None: Slack doesn't know the zone. `team_id` is the workspace that the account belongs to."""

    id: str
    name: str
    display_name: str = ""
    tz: str | None
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    team_id: str
    enterprise_user: JSON | None = None
    untold: str | None = None
    """Slack's error where users.info says nothing about them: `user_not_visible`, `user_not_found`."""

    @property
    def username(self) -> str:
        return re.sub(r"[^a-z0-9._-]+", "-", (self.display_name or self.name).lower()).strip("-")
