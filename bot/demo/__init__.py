"""The whole product on this machine, without a Slack account: a small city, a local Slack, and the real bot."""

from bot.demo.play import play

__all__ = ["play"]
