"""What operators may write: variables that the program reads, and commands that it understands."""

import argparse
import ast
import shlex
from pathlib import Path

from bot.cli import _parser
from bot.kit import settings


def variables_read() -> set[str]:
    """Every variable that the program reads: each first argument of `reader.text("...")` and the like in `settings`."""
    tree = ast.parse(Path(settings.__file__).read_text())
    return {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "reader"
        and call.func.attr != "fault"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def words_below(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    below: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            below |= action.choices
    return below


def understood(line: str) -> bool:
    """Whether `maturity ...` names a command with options that there are; words in capitals stand for any value."""
    parser = _parser()
    for word in shlex.split(line)[1:]:
        below = words_below(parser)
        if below:
            if word not in below:
                return False
            parser = below[word]
        elif word.startswith("--") and not any(word in action.option_strings for action in parser._actions):
            return False
    return True
