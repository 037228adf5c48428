"""One dot an answer, in fives so that they can be counted at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.parts import Dot

_FIVE = 5
_SIZES = ((4.6, 11.6), (4.0, 10.0), (3.4, 8.6))
MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class DotScale:
    """How dots are set in the cells of one picture."""

    radius: float
    pitch: float
    """From the middle of a dot to the middle of the next."""
    a_line: int
    """Dots side by side, a multiple of five; 0 where they would be too many, and a figure stands for them."""
    lines: int
    """Lines that the fullest cell has."""

    @property
    def height(self) -> float:
        """Height of the dots of the fullest cell."""
        return (self.lines - 1) * self.pitch + 2 * self.radius

    def place(self, count: int, *, middle: float, bottom: float) -> tuple[Dot, ...]:
        """`count` dots around `middle`, the last line's lower edge on `bottom`."""
        last = bottom - self.radius
        top = last - (-(-count // self.a_line) - 1) * self.pitch
        start = middle - _offset(min(count, self.a_line) - 1, self.pitch) / 2
        return tuple(
            Dot(start + _offset(index % self.a_line, self.pitch), top + index // self.a_line * self.pitch, self.radius)
            for index in range(count)
        )


def dot_scale(counts: Sequence[int], *, width: float, lines: int = MOST_LINES) -> DotScale:
    """The largest dots at which each of `counts` takes at most so many lines of `width`."""
    most = max(counts, default=0)
    for radius, pitch in _SIZES:
        a_line = _a_line(radius, pitch, width)
        if a_line and most <= lines * a_line:
            return DotScale(radius, pitch, a_line, max(1, -(-most // a_line)))
    radius, pitch = _SIZES[0]
    return DotScale(radius, pitch, 0, 1)


def _a_line(radius: float, pitch: float, width: float) -> int:
    """The largest multiple of five dots that are no wider than `width`."""
    fives = 0
    while _offset((fives + 1) * _FIVE - 1, pitch) + 2 * radius <= width:
        fives += 1
    return fives * _FIVE


def _offset(index: int, pitch: float) -> float:
    """From the middle of a line's first dot to that of another; after each five there is a wider gap."""
    return index * pitch + index // _FIVE * pitch * 0.5
