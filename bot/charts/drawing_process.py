"""What runs in the drawing process. It imports the drawing library and nothing of ours, so that it stays small."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence

import resvg_py

SCALE = 2
"""Pixels of the PNG per unit of the SVG: sharp on phones and dense screens."""


def start() -> None:
    """Make this process end with its owner, and only with its owner."""
    # Ctrl-C reaches the whole process group; the owner decides when drawing ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # concurrent.futures.process: an idle worker holds both ends of its queue, so it never notices a killed owner.
    threading.Thread(target=_end_with_owner, daemon=True).start()


def draw(svg: str, font_files: Sequence[str]) -> bytes:
    """The SVG as a PNG at `SCALE`, with these fonts and no others, so that every machine draws the same bytes."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, font_files=list(font_files), skip_system_fonts=True, font_family="Roboto", zoom=SCALE
    )


def _end_with_owner() -> None:
    owner = multiprocessing.parent_process()
    if owner is not None:
        owner.join()
        os._exit(0)
