"""What people do in Slack, one module a kind of doing. A tap on an answer, the hot one, never comes to Bolt."""

from slack_bolt.async_app import AsyncApp

from bot.listeners import (
    action_items,
    admins,
    check_ins,
    commands,
    details,
    home,
    membership,
    privacy,
    results,
    running,
    setup,
    workspace,
)


def register(app: AsyncApp) -> None:
    """Connect every listener; Bolt asks them in this order."""
    for module in (
        check_ins,
        commands,
        running,
        setup,
        admins,
        results,
        details,
        action_items,
        home,
        privacy,
        membership,
        workspace,
    ):
        module.register(app)
