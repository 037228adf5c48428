"""Block Kit as Slack enforces it: what it refuses, and what it adds to what it takes.

The grammar is data: `objects`, `elements`, `blocks` and `views` say which fields there are and what may stand in them;
`across` says what holds between blocks. Facts come from Slack's reference and from @slack/types 3.2.0.
"""

from bot.sandbox.block_kit.messages import check_message
from bot.sandbox.block_kit.problems import Refusal
from bot.sandbox.block_kit.state import initial_state, stateful, with_ids
from bot.sandbox.block_kit.views import check_view

__all__ = ["Refusal", "check_message", "check_view", "initial_state", "stateful", "with_ids"]
