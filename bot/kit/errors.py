"""What people and operators are told when something can't be done."""

FAILED = 1
"""Exit code of a check or an action that failed."""
WRONG_ARGUMENTS = 2
"""Exit code for a command line that makes no sense; argparse's own."""
CONFIGURATION = 78
"""Exit code for a configuration that trying again can't help (EX_CONFIG of sysexits.h): a process manager that knows it
doesn't start the program again.
"""


class UserError(Exception):
    """A refusal, as one plain sentence for the person who asked: what was wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StartError(Exception):
    """The program can't start as it is configured: one line a fault, each with its fix. It ends with `code`."""

    code = CONFIGURATION

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class UnsetError(StartError):
    """A variable that is needed isn't set, among the faults: the file that it should stand in may be elsewhere."""


class OutOfReachError(StartError):
    """Slack or the database can't be reached just now. What serves waits for them; a command ends."""

    code = FAILED


class CommandError(StartError):
    """A command that operators type couldn't do what was asked of it."""

    code = FAILED


class ArgumentError(StartError):
    """A command's arguments contradict each other, or one can't be meant."""

    code = WRONG_ARGUMENTS
