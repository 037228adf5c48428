"""Who could work out whose answer, from what is printed: by listing every outcome there could have been.

People are exchangeable, so an outcome is how many gave each answer. Whoever looks at something printed knows that
one of the outcomes that print the same is the true one, and who took part. A member knows one answer more: their
own. Somebody's answer is given away if in all of these outcomes everybody else gave one and the same answer.

The printed thing is whatever `printed` returns: a reading, a summary, the bytes of a message.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

CANT_SAY = "can't say"
LEFT_OUT = "left it out"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers of those who took part to one dimension."""

    counts: tuple[int, ...]
    cant_say: int = 0
    left_out: int = 0
    """People who took part in the round but gave this dimension no answer."""

    @property
    def people(self) -> int:
        return sum(self.counts) + self.cant_say + self.left_out

    def answers(self) -> dict[int | str, int]:
        """How many gave each answer that was given."""
        given: dict[int | str, int] = dict(enumerate(self.counts, start=1))
        given |= {CANT_SAY: self.cant_say, LEFT_OUT: self.left_out}
        return {answer: number for answer, number in given.items() if number}


def outcomes(*, levels: int, people: int, cant_say: int = 0, left_out: int = 0) -> Iterator[Outcome]:
    """Every outcome for this many people, with at most so many who can't say and who left the dimension out."""
    for unsure in range(min(cant_say, people) + 1):
        for silent in range(min(left_out, people - unsure) + 1):
            for counts in _compositions(people - unsure - silent, parts=levels):
                yield Outcome(counts, cant_say=unsure, left_out=silent)


def given_away(possible: Iterable[Outcome], printed: Callable[[Outcome], Hashable]) -> list[str]:
    """A sentence for each way in which somebody learns an answer that isn't theirs. The promise: there is none.

    `possible` are all the outcomes that an onlooker who hasn't seen the printed thing holds possible, one number of
    people in all of them.
    """
    alike: defaultdict[Hashable, list[Outcome]] = defaultdict(list)
    for outcome in possible:
        alike[printed(outcome)].append(outcome)
    return [sentence for group in alike.values() for sentence in _learnt([each.answers() for each in group])]


def _learnt(group: list[dict[int | str, int]]) -> Iterator[str]:
    """What an onlooker, and a member with each of the answers that are possible, learn from one printed thing."""
    everybody = {answer for answers in group for answer in answers}
    if len(everybody) == 1:
        yield f"an onlooker learns that everybody answered {everybody.pop()}: {group}"
        return
    for own in everybody:
        others = {answer for answers in group if own in answers for answer in _without(answers, own)}
        if len(others) == 1:
            yield f"a member who answered {own} learns that all others answered {others.pop()}: {group}"


def _without(answers: Mapping[int | str, int], own: int | str) -> Iterator[int | str]:
    return (answer for answer, number in answers.items() if number > (answer == own))


def _compositions(total: int, *, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts=parts - 1):
            yield (first, *rest)
