"""The transcript as a page for the browser, with each message laid out roughly as a client does it."""

from __future__ import annotations

import html
import mimetypes
import re

from bot.sandbox.block_kit.rendering import RULE
from bot.sandbox.people.transcript import head_of, what_it_showed
from bot.sandbox.state.records import File, Happening
from bot.sandbox.wire import posting
from bot.sandbox.wire.service import Service

STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --quiet: color-mix(in srgb, currentColor 70%, #0000) }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 }
h1 + p { margin: .3rem 0 2rem; color: var(--quiet) }
article { border: 1px solid var(--line); border-radius: .5rem; padding: .7rem 1rem; margin: 0 0 .8rem }
article.did { border: 0; padding: 0 1rem; margin: 0 0 .3rem; color: var(--quiet) }
article.private { background: var(--soft); border-style: dashed }
article.did + :not(.did) { margin-top: .8rem }
header { font-size: .85rem; color: var(--quiet); margin-bottom: .3rem }
p, h2, summary, blockquote { margin: 0; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin: .5rem 0 .2rem }
header + h2 { margin-top: 0 }
p.topic { margin-top: .7rem }
p.choice { padding-left: 1.6rem; text-indent: -1.4rem }
p.choice::before { content: "○"; display: inline-block; width: 1.4rem; text-indent: 0 }
p.chosen { font-weight: 600 }
p.chosen::before { content: "●" }
p.item, p.more { padding-left: 1.2rem }
p.item { text-indent: -.8rem; margin-top: .3rem }
p.more, p.picture { font-size: .9rem; color: var(--quiet) }
p.buttons { margin: .5rem 0 .2rem; display: flex; flex-wrap: wrap; gap: .4rem }
p.buttons span { border: 1px solid var(--line); border-radius: .4rem; padding: .1rem .6rem; background: Canvas }
blockquote { border-left: 3px solid var(--line); padding-left: .8rem }
hr { border: 0; border-top: 1px solid var(--line) }
summary { cursor: pointer }
img { max-width: min(100%, 26rem); display: block; border-radius: .4rem; margin-top: .5rem }
"""
_BOLD = re.compile(r"(?<!\w)\*([^*]+)\*(?!\w)")
_BUTTONS = re.compile(r"(\[[^\[\]]+\] ?)+")
_CHOICE = re.compile(r"(?:\( \)|\[ \]|(?P<chosen>\(•\)|\[x\])) (?P<text>.*)")
_PICTURES = ("[image: ", "[file: ")
_LONG = 6
"""Lines from which a message that repeats an earlier one is folded."""


def page(sandbox: Service, *, note: str = "") -> str:
    """All that happened as an HTML document, oldest first, with the pictures; a note above it."""
    seen: set[tuple[str, ...]] = set()
    articles = "\n".join(_article(happening, seen) for happening in sandbox.history)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>What people saw</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>What people saw</h1>\n"
        '<p>All that this Slack recorded, the oldest first. <a href="/transcript.txt">As plain text</a> '
        f"{html.escape(note)}</p>\n"
        f"{articles or '<p>Nothing has happened yet.</p>'}\n</body></html>\n"
    )


def _article(happening: Happening, seen: set[tuple[str, ...]]) -> str:
    head = html.escape(head_of(happening))
    if happening.kind == "did":
        return f'<article class="did">{head} {html.escape(happening.text)}</article>'
    message, lines = happening.message, what_it_showed(happening)
    private = happening.view is not None or (message is not None and message.only_for is not None)
    body = "\n".join(map(_line, lines))
    if tuple(lines) in seen and len(lines) > _LONG:
        body = f"<details><summary>{_bold(lines[0].removeprefix('# '))}: as above</summary>{body}</details>"
    seen.add(tuple(lines))
    style = "private" if private else "said"
    return f'<article class="{style}"><header>{head}</header>{body}{_images(happening)}</article>'


def _line(line: str) -> str:
    """One line of a message, told by the marks that rendering.py gives it."""
    choice = _CHOICE.fullmatch(line)
    if choice:
        return f'<p class="choice{" chosen" if choice["chosen"] else ""}">{_bold(choice["text"])}</p>'
    if line == RULE:
        return "<hr>"
    if line.startswith(("# ", ">")):
        return f"<h2>{_bold(line[2:])}</h2>" if line[0] == "#" else f"<blockquote>{_bold(line[1:])}</blockquote>"
    if _BUTTONS.fullmatch(line) and not line.startswith(_PICTURES):
        buttons = "".join(f"<span>{html.escape(label)}</span>" for label in line[1:-1].split("] ["))
        return f'<p class="buttons">{buttons}</p>'
    return f'<p class="{_style(line)}">{_bold(line.strip())}</p>'


def _style(line: str) -> str:
    if line.startswith(_PICTURES):
        return "picture"
    if line.startswith("•"):
        return "item"
    if line.startswith("  "):
        return "more"
    return "topic" if line.startswith("*") else "text"


def _bold(text: str) -> str:
    return _BOLD.sub(r"<b>\1</b>", html.escape(text))


def _images(happening: Happening) -> str:
    if happening.content is None or happening.message is None or happening.kind == "deleted":
        return ""
    files = list(happening.message.files)
    if happening.message.installation is not None:
        for reference in posting.pictures_in(happening.content.blocks):
            file = posting.find_file(happening.message.installation, reference)
            files += [file] if file is not None else []
    return "".join(_picture(file) for file in files)


def _picture(file: File) -> str:
    """An image of a file that is one, else a link to it."""
    address = f"/files/{html.escape(file.id)}"
    if (mimetypes.guess_type(file.name)[0] or "").startswith("image/"):
        return f'<img src="{address}" alt="{html.escape(file.alt_text or file.title)}">'
    return f'<a href="{address}">{html.escape(file.name)}</a>'
