"""Every feature's listeners, in Bolt's order. A tap on an answer never comes to Bolt (dispatch.py)."""

from slack_bolt.async_app import AsyncApp

from bot.actions import listeners as action_items
from bot.admins import listeners as admins
from bot.check_ins import listeners as check_ins
from bot.commands import listeners as commands
from bot.home import listeners as home
from bot.privacy import listeners as privacy
from bot.program import workspace_events
from bot.rounds import listeners as running
from bot.summary import details_listeners
from bot.summary import listeners as results
from bot.teams import channel_events
from bot.teams import setup_listeners as setup


def register(app: AsyncApp) -> None:
    """Connect every listener; Bolt asks them in this order."""
    for module in (
        check_ins,
        commands,
        running,
        setup,
        admins,
        results,
        details_listeners,
        action_items,
        home,
        privacy,
        channel_events,
        workspace_events,
    ):
        module.register(app)
