"""What happened in all workspaces, as people saw it, in order: as plain text and as a page."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.block_kit import initial_state
from bot.sandbox.records import JSON, Content, Happening, Message
from bot.sandbox.rendering import blocks_lines, lines_of

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
article { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.2rem; }
article.did { border: 0; opacity: .75; font-style: italic; }
article.private { background: var(--soft); border-left-style: dashed; }
header { font-size: .85rem; opacity: .8; }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 0; }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 4px; }
"""


def transcript(sandbox: Sandbox) -> str:
    """A readable record, oldest first: where, who, when, and what the message then said."""
    return "\n".join(line for happening in sandbox.history for line in [*_entry(happening), ""])


def page(sandbox: Sandbox) -> str:
    """The same as an HTML document, with the pictures."""
    articles = "\n".join(_article(happening) for happening in sandbox.history) or "<p>Nothing has happened yet.</p>"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Sandbox transcript</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>What people see</h1>\n{articles}\n</body></html>\n"
    )


def picture(sandbox: Sandbox, *, most: int = 12) -> str:
    """What happened last, and every modal that is open."""
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
        return [f"{_head(happening)} {happening.text}"]
    return [_head(happening), *(f"    {line}" for line in _lines(happening))]


def _head(happening: Happening) -> str:
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


def _lines(happening: Happening) -> list[str]:
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
    """What is chosen in a message: by its one reader while it stands, else as the app sent it."""
    readers = [message.only_for] if message.only_for else [*message.channel.members.values()]
    others = [one for one in readers if one is not message.author]
    if message.content is content and len(others) == 1:
        return others[0].client.state(message)
    return initial_state(content.blocks)


def _article(happening: Happening) -> str:
    message = happening.message
    private = happening.view is not None or (message is not None and message.only_for is not None)
    style = "did" if happening.kind == "did" else "private" if private else "said"
    head = html.escape(_head(happening))
    if happening.kind == "did":
        return f'<article class="did">{head} {html.escape(happening.text)}</article>'
    body = html.escape("\n".join(_lines(happening)))
    return f'<article class="{style}"><header>{head}</header><pre>{body}</pre>{_images(happening)}</article>'


def _images(happening: Happening) -> str:
    if happening.content is None or happening.message is None or happening.kind == "deleted":
        return ""
    files = list(happening.message.files)
    if happening.message.installation is not None:
        for reference in posting.pictures_in(happening.content.blocks):
            file = posting.find_file(happening.message.installation, reference)
            files += [file] if file is not None else []
    return "".join(
        f'<img src="/files/{html.escape(file.id)}" alt="{html.escape(file.alt_text or file.title)}">' for file in files
    )
