"""The whole product on this machine, without a Slack account: a small city, a local Slack, and the real bot."""

from bot.demo.run import run_demo

__all__ = ["run_demo"]
