"""One dot an answer, in fives so that they can be counted at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.parts import Dot

_FIVE = 5
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class DotScale:
    """How dots are set in the cells of one picture."""

    radius: float
    pitch: float
    """From the middle of a dot to the middle of the next."""
    a_line: int
    """Dots side by side, a multiple of five; 0 where they would be too many, and a figure stands for them."""

    def lines(self, count: int) -> int:
        """How many lines of dots a cell with so many answers has."""
        return -(-count // self.a_line) if self.a_line else min(count, 1)

    def height(self, count: int) -> float:
        """Height of the dots for so many answers; 0 for none."""
        return self.lines(count) * self.pitch

    def place(self, count: int, *, x: float, bottom: float) -> tuple[Dot, ...]:
        """`count` dots from `x` to the right, the last line's lower edge on `bottom`."""
        last = bottom - self.radius
        if not self.a_line:
            return (Dot(x + self.radius, last, self.radius),) if count else ()
        top = last - (self.lines(count) - 1) * self.pitch
        return tuple(
            Dot(
                x + self.radius + _offset(index % self.a_line, self.pitch),
                top + index // self.a_line * self.pitch,
                self.radius,
            )
            for index in range(count)
        )


_SIZES = ((4.0, 11.2), (3.3, 9.2), (2.6, 7.2), (2.0, 5.6))


def dot_scale(counts: Sequence[int], *, width: float) -> DotScale:
    """The largest dots at which every one of `counts` takes at most three lines of `width`."""
    most = max(counts, default=0)
    for radius, pitch in _SIZES:
        scale = DotScale(radius, pitch, _a_line(radius, pitch, width))
        if scale.a_line and scale.lines(most) <= _MOST_LINES:
            return scale
    radius, pitch = _SIZES[0]
    return DotScale(radius, pitch, 0)


def _a_line(radius: float, pitch: float, width: float) -> int:
    """The largest multiple of five dots that are no wider than `width`."""
    fives = 0
    while _offset((fives + 1) * _FIVE - 1, pitch) + 2 * radius <= width:
        fives += 1
    return fives * _FIVE


def _offset(index: int, pitch: float) -> float:
    """From the middle of a line's first dot to that of another; after each five there is a wider gap."""
    return index * pitch + index // _FIVE * pitch * 0.5
