"""Everything that happened in all workspaces, as people saw it, in order and as plain text."""

from __future__ import annotations

from bot.sandbox.block_kit import initial_state
from bot.sandbox.block_kit.rendering import blocks_lines
from bot.sandbox.people.message_text import lines_of
from bot.sandbox.state.content import JSON, Content
from bot.sandbox.state.records import Happening, Message
from bot.sandbox.wire.service import Service


def transcript(sandbox: Service) -> str:
    """A readable record, oldest first: where, who, when, and what the message then said."""
    return "\n".join(line for happening in sandbox.history for line in [*_entry(happening), ""])


def picture(sandbox: Service, *, most: int = 12) -> str:
    """The latest entries, every modal that is open, and the latest calls."""
    lines = [line for happening in sandbox.history[-most:] for line in _entry(happening)]
    for workspace in sandbox.workspaces.values():
        for person in workspace.people.values():
            for view in person.client.modals:
                drawn = blocks_lines(view.blocks, workspace, state=view.state)
                lines += [f"open before {person.username}:", *(f"    {line}" for line in drawn)]
    calls = (f"{one['direction']} {one['method']} {one['status']}" for one in sandbox.traffic.records[-most:])
    return "\n".join([*lines, f"last calls: {', '.join(calls)}"])


def _entry(happening: Happening) -> list[str]:
    if happening.kind == "did":
        return [f"{head_of(happening)} {happening.text}"]
    return [head_of(happening), *(f"    {line}" for line in what_it_showed(happening))]


def head_of(happening: Happening) -> str:
    """When, where and who, and for whom alone."""
    at = f"{happening.at:%Y-%m-%d %H:%M}"
    where = f"  {happening.channel.title}" if happening.channel else ""
    person = happening.person
    if happening.kind == "did":
        return f"{at}{where}  {person.username}"
    if happening.view is not None:
        what = "a modal" if happening.kind == "modal" else "the Home tab"
        return f"{at}  {happening.view.app.name}  ({what}, only visible to {person.username})"
    marks: list[str] = []
    if happening.kind != "posted":
        marks.append(happening.kind)
    message = happening.message
    if message is not None and message.only_for is not None:
        marks.append(f"only visible to {message.only_for.username}")
    if message is not None and message.thread_ts is not None:
        marks.append("in a thread")
    return f"{at}{where}  {person.name}" + "".join(f"  ({mark})" for mark in marks)


def what_it_showed(happening: Happening) -> list[str]:
    """The lines that a message or a view showed then."""
    workspace = happening.workspace
    view, body = happening.view, happening.body
    if view is not None and body is not None:
        state = view.state if view.body is body else initial_state(body["blocks"])
        title = [body["title"]["text"]] if body.get("title") else []
        buttons = [f"[{body[name]['text']}]" for name in ("close", "submit") if body.get(name)]
        return [*title, *blocks_lines(body["blocks"], workspace, state=state), *buttons]
    message, content = happening.message, happening.content
    if content is None or message is None or happening.kind == "deleted":
        return []
    files = [f"[file: {file.title}]" for file in message.files]
    return [*lines_of(content, workspace, state=_state(message, content)), *files]


def _state(message: Message, content: Content) -> JSON:
    """The choices in a message: its only reader's while it stands unchanged, else those that the app sent."""
    readers = [message.only_for] if message.only_for else [*message.channel.members.values()]
    others = [one for one in readers if one is not message.author]
    if message.content is content and len(others) == 1:
        return others[0].client.state(message)
    return initial_state(content.blocks)
