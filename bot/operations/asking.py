"""Asking Slack while an operator looks on: for as long as Slack wants, with a line of each wait."""

import asyncio
from collections.abc import Callable, Collection

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import Patience, Sleep, pages

Progress = Callable[[str], None]
"""Hears a line of how far it is."""
A_PAGE = 900
"""Channels listed at a time: Slack takes less than a thousand, and twenty such calls a minute."""


def patience(seconds: float, progress: Progress, *, sleep: Sleep = asyncio.sleep) -> Patience:
    """To wait so long for each call in all, and to say so."""

    def said(method: str, wait: float) -> None:
        progress(f"Slack asks to wait {wait:.0f} s before more of {method}.")

    return Patience(seconds, said, sleep)


async def look_for(
    client: AsyncWebClient, names: Collection[str], *, found: dict[str, str], progress: Progress
) -> None:
    """Put the ids of these channels among those that the app can see into `found`, by their name.

    Raises as calls do; what was found by then is kept.
    """
    seen = 0
    async for channel in pages(
        client.conversations_list, "channels", size=A_PAGE, types="public_channel,private_channel"
    ):
        seen += 1
        if channel["name"] in names:
            found[str(channel["name"])] = str(channel["id"])
        if len(found) == len(names):
            return
        if seen % A_PAGE == 0:
            progress(f"{seen} channels looked through, {len(found)} of {len(names)} found.")
