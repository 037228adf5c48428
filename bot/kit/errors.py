"""What people and operators are told when something can't be done."""


class UserError(Exception):
    """A refusal, as one plain sentence for the person who asked: what was wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StartError(Exception):
    """The program can't start: one line a fault, each with its mend. It ends with exit code 2."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
