"""The Web API: one table of methods, and how a request becomes a call of one."""

from bot.sandbox.wire.api.dispatch import METHODS, answer

__all__ = ["METHODS", "answer"]
