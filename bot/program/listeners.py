"""Every feature's listeners, in Bolt's order. A tap on an answer never comes to Bolt (dispatch.py)."""

from slack_bolt.async_app import AsyncApp

import bot.actions.listeners
import bot.admins.listeners
import bot.check_ins.explaining_listeners
import bot.check_ins.listeners
import bot.commands.listeners
import bot.home.listeners
import bot.privacy.listeners
import bot.rounds.listeners
import bot.summary.details_listeners
import bot.summary.listeners
import bot.teams.channel_events
import bot.teams.form_listeners
import bot.teams.managing_listeners
import bot.teams.setup_listeners
from bot.program import workspace_events


def register(app: AsyncApp) -> None:
    """Connect every listener; Bolt asks them in this order."""
    for module in (
        bot.check_ins.listeners,
        bot.check_ins.explaining_listeners,
        bot.commands.listeners,
        bot.rounds.listeners,
        bot.teams.form_listeners,
        bot.teams.setup_listeners,
        bot.teams.managing_listeners,
        bot.admins.listeners,
        bot.summary.listeners,
        bot.summary.details_listeners,
        bot.actions.listeners,
        bot.home.listeners,
        bot.privacy.listeners,
        bot.teams.channel_events,
        workspace_events,
    ):
        module.register(app)
