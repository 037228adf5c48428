"""The drawing process: it draws at twice the size, keeps out of the loop's way, and is replaced when it dies."""

import asyncio
import os
import signal
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from bot.charts.render import Renderer

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="#277a91"/></svg>'
)


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    made = Renderer()
    yield made
    await asyncio.to_thread(made.close)


async def until(holds: Callable[[], object]) -> None:
    while not holds():  # noqa: ASYNC110 - the standard library's pool tells nobody what it is at
        await asyncio.sleep(0.001)


def pool_of(renderer: Renderer) -> ProcessPoolExecutor:
    assert renderer._pool is not None
    return renderer._pool


def drawing_process(renderer: Renderer) -> int:
    # Its process id. Asking multiprocessing for its children would reap them, which is the pool's to do.
    (process,) = pool_of(renderer)._processes
    return process


@pytest.mark.waits
async def test_a_png_has_two_pixels_for_each_unit_and_is_the_same_every_time(renderer: Renderer) -> None:
    png = await renderer.png(SQUARE)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (120, 80)
    assert await renderer.png(SQUARE) == png


@pytest.mark.waits
async def test_no_process_runs_before_the_first_picture(renderer: Renderer) -> None:
    assert renderer._pool is None
    await renderer.png(SQUARE)
    assert drawing_process(renderer) != os.getpid()


@pytest.mark.waits
async def test_the_loop_goes_on_while_a_picture_is_drawn(renderer: Renderer) -> None:
    await renderer.png(SQUARE)
    os.kill(drawing_process(renderer), signal.SIGSTOP)
    drawing = asyncio.create_task(renderer.png(SQUARE))
    for _turn in range(1000):
        await asyncio.sleep(0)
    assert not drawing.done()
    os.kill(drawing_process(renderer), signal.SIGCONT)
    assert (await drawing).startswith(b"\x89PNG")


@pytest.mark.waits
async def test_pictures_waiting_for_a_killed_process_are_all_drawn_by_a_new_one(renderer: Renderer) -> None:
    expected = await renderer.png(SQUARE)
    first = drawing_process(renderer)
    os.kill(first, signal.SIGSTOP)
    drawings = [asyncio.create_task(renderer.png(SQUARE)) for _ in range(3)]
    await until(lambda: len(pool_of(renderer)._pending_work_items) == len(drawings))
    os.kill(first, signal.SIGKILL)
    assert await asyncio.gather(*drawings) == [expected] * 3
    assert drawing_process(renderer) != first


@pytest.mark.waits
async def test_a_process_that_died_between_two_pictures_is_replaced(renderer: Renderer) -> None:
    expected = await renderer.png(SQUARE)
    first = drawing_process(renderer)
    os.kill(first, signal.SIGKILL)
    await until(lambda: pool_of(renderer)._broken)
    assert await renderer.png(SQUARE) == expected


@pytest.mark.waits
async def test_what_is_no_svg_is_refused_and_the_next_picture_is_drawn(renderer: Renderer) -> None:
    with pytest.raises(ValueError, match=r"(?i)svg|xml|parse|document"):
        await renderer.png("<svg")
    assert (await renderer.png(SQUARE)).startswith(b"\x89PNG")


@pytest.mark.waits
async def test_a_picture_over_which_two_processes_died_is_given_up_and_the_next_is_drawn(renderer: Renderer) -> None:
    expected = await renderer.png(SQUARE)
    first = drawing_process(renderer)
    os.kill(first, signal.SIGSTOP)
    drawing = asyncio.create_task(renderer.png(SQUARE))
    await until(lambda: pool_of(renderer)._pending_work_items)
    os.kill(first, signal.SIGKILL)
    await until(lambda: renderer._pool is not None and set(renderer._pool._processes or {first}) != {first})
    os.kill(drawing_process(renderer), signal.SIGKILL)
    with pytest.raises(BrokenProcessPool):
        await drawing
    assert await renderer.png(SQUARE) == expected


@pytest.mark.waits
async def test_ctrl_c_leaves_the_ending_of_the_drawing_to_its_owner(renderer: Renderer) -> None:
    await renderer.png(SQUARE)
    first = drawing_process(renderer)
    os.kill(first, signal.SIGINT)
    await renderer.png(SQUARE)
    assert drawing_process(renderer) == first


@pytest.mark.waits
async def test_closing_ends_the_process(renderer: Renderer) -> None:
    await renderer.png(SQUARE)
    process = drawing_process(renderer)
    await asyncio.to_thread(renderer.close)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


OWNER = """
import asyncio, multiprocessing, sys
from bot.charts.render import Renderer

async def main():
    renderer = Renderer()
    await renderer.png(sys.argv[1])
    print(multiprocessing.active_children()[0].pid, flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.waits
def test_the_process_does_not_outlive_a_killed_owner() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, SQUARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        assert int(owner.stdout.readline())
        owner.kill()
        # Its end of our pipe closes with the last process that holds it: this reads until the drawing process ends.
        assert owner.stdout.read() == b""


@pytest.mark.waits
def test_the_drawing_process_loads_the_drawing_library_and_nothing_heavy() -> None:
    script = "import bot.charts.drawing_process, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    assert "resvg_py" in loaded
    assert not {"jinja2", "fontTools", "rubric", "sqlalchemy", "slack_bolt", "asyncio"} & set(loaded)
