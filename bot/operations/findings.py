"""What `maturity doctor` finds, and what a refused call of Slack's means to whoever runs the program."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.slack import refusals
from bot.slack.blocks import one_line
from bot.slack.calls import Refusal, refusal_of
from bot.slack.client import on_the_way
from bot.slack.verdicts import Again, Verdict

REINSTALL = "Compare the app's manifest with `maturity manifest` and install the app again."
AGAIN = "Check the network, and run `maturity doctor` again in a minute."
REPORT = "That is a mistake of this program: report it with this line."
NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is empty when it is well."""

    subject: str
    says: str
    mend: str = ""

    def __str__(self) -> str:
        # Names are people's own, and a terminal obeys control characters.
        said = one_line(f"{self.subject}: {self.says}")
        return f"WRONG {said}\n      {one_line(self.mend)}" if self.mend else f"ok    {said}"


def as_json(findings: Sequence[Finding]) -> str:
    """What was found, for programs."""
    return json.dumps(
        [{"subject": each.subject, "ok": not each.mend, "says": each.says, "fix": each.mend} for each in findings],
        ensure_ascii=False,
        indent=2,
    )


def split(line: str) -> tuple[str, str]:
    """What is wrong, and the mend: the first sentence, and the rest."""
    says, _, mend = line.partition(". ")
    return says, mend


def meaning(error: BaseException, *, invite: str = "`/invite` and the app's name") -> tuple[str, str]:
    """What a failed call says, and the mend for that reason; `invite` is what lets the app into a channel."""
    if not isinstance(error, SlackApiError):
        return f"Slack can't be reached ({type(error).__name__})", on_the_way(error) or AGAIN
    refusal = refusal_of(error)
    if refusal.code == "missing_scope":
        return f"the permission {refusal.needed or '?'} is missing", REINSTALL
    return f"Slack answers {refusal}", _mend(refusal, invite=invite)


def _mend(refusal: Refusal, *, invite: str) -> str:
    if refusal.is_rate_limit:
        return f"Slack has had too many calls: run `maturity doctor` again in {refusal.retry_after:.0f} s."
    if refusal.verdict is Verdict.CHANNEL:
        return _mend_of_channel(refusal.code or "", invite=invite)
    if refusal.verdict is Verdict.SETTING:
        return refusals.setting_in_the_way(refusal.code or "", needed=refusal.needed)
    if refusal.judgement.again is Again.ANEW:
        return "Slack lost the file: run `maturity doctor` again."
    return {
        Verdict.PASSING: AGAIN,
        Verdict.INSTALLATION: "Install the app again.",
        Verdict.PERSON: "Name somebody else.",
        Verdict.TARGET: "It was taken away meanwhile: run `maturity doctor` again.",
        Verdict.MOMENT: AGAIN,
    }.get(refusal.verdict, REPORT)


def _mend_of_channel(word: str, *, invite: str) -> str:
    if word in NOT_THERE:
        return f"Invite the app: type {invite} there."
    if word == "is_archived":
        return "Unarchive it, or name another channel."
    return "This channel takes no messages from the app: let a workspace admin allow them, or name another channel."
