"""Keys of messages that are looked for by them: the others stand where the message is made."""


def prompt_key(round_id: int, user_id: str) -> str:
    """Of the check-in that a member gets."""
    return f"round:{round_id}:prompt:{user_id}"


def refresh_key(round_id: int, user_id: str) -> str:
    """Of the redrawing of a check-in."""
    return f"round:{round_id}:refresh:{user_id}"


def summary_key(round_id: int) -> str:
    """Of the summary in the team's channel."""
    return f"round:{round_id}:summary"
