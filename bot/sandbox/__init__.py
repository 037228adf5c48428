"""A Slack that runs on this machine: its Web API, Socket Mode, OAuth, and the people who use it.

It knows nothing of any app; an app knows only its address. What it refuses, Slack refuses.
"""

from bot.sandbox.page_api.controls import NotNow, Stage
from bot.sandbox.people.replies import ActionReply, CommandReply, SeenMessage, SubmitReply
from bot.sandbox.people.transcript import transcript
from bot.sandbox.people.workspace import Person, Workspace
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state.records import App, Channel, File, Installation, Usergroup, View

__all__ = [
    "ActionReply",
    "App",
    "Channel",
    "CommandReply",
    "File",
    "Installation",
    "NotNow",
    "Person",
    "Sandbox",
    "SeenMessage",
    "Stage",
    "SubmitReply",
    "Usergroup",
    "View",
    "Workspace",
    "transcript",
]
