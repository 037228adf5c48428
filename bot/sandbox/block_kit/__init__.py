"""Block Kit as Slack enforces it: the payloads that Slack refuses, and the ids it adds to those it accepts.

The grammar is data: `objects`, `elements`, `blocks` and `views` say which fields there are and what may stand in them;
`payload_rules` says what holds between blocks, `rendering` how they read as plain text. Facts come from Slack's
reference and from @slack/types 3.2.0.
"""

from bot.sandbox.block_kit.input_state import carried, initial_state, options_of, stateful, with_ids
from bot.sandbox.block_kit.messages import check_message
from bot.sandbox.block_kit.problems import Refusal
from bot.sandbox.block_kit.views import check_view

__all__ = [
    "Refusal",
    "carried",
    "check_message",
    "check_view",
    "initial_state",
    "options_of",
    "stateful",
    "with_ids",
]
