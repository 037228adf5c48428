"""A message as lines of plain text."""

from __future__ import annotations

from bot.sandbox.block_kit.rendering import Names, blocks_lines, plain
from bot.sandbox.state.content import JSON, Content


def lines_of(content: Content, workspace: Names, *, state: JSON) -> list[str]:
    """The lines that a message shows: its blocks, or its text where it has none."""
    if not content.blocks:
        return plain(content.text, workspace).splitlines()
    return blocks_lines(content.blocks, workspace, state=state)
