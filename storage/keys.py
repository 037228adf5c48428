"""Keys of the messages that a round owes, by which they are looked for; the others stand where the message is made."""

from storage.kinds import DeliveryKind


def round_key(round_id: int, kind: DeliveryKind, user_id: str | None = None) -> str:
    """`round:12:prompt:U1` of what a person gets of a round, `round:12:summary` of what its channel gets."""
    return f"round:{round_id}:{kind.value}" + (f":{user_id}" if user_id is not None else "")
