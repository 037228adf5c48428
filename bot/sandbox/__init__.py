"""A Slack that runs on this machine: its Web API, Socket Mode, OAuth, and the people who use it.

It knows nothing of any app; an app knows only its address. What it refuses, Slack refuses.
"""

from bot.sandbox.apps import App, Installation
from bot.sandbox.channel import Channel
from bot.sandbox.person import Person
from bot.sandbox.records import File, Usergroup, View
from bot.sandbox.replies import ActionReply, CommandReply, SeenMessage, SubmitReply
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.stage import NotNow, Stage
from bot.sandbox.transcript import transcript
from bot.sandbox.workspace import Workspace

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
