"""A message that is owed: what every kind of them can do, and how one becomes a row of `deliveries` and comes back.

Each kind is a class of its own beside its feature; bot/program/messages.py lists them all.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, ClassVar, Self
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.files import FileDraft
from bot.kit.required import required
from bot.kit.rubrics import Rubrics
from bot.slack.blocks import Message
from storage import deliveries
from storage.deliveries import Owed
from storage.kinds import DeliveryKind, DeliveryState
from storage.models import Delivery

A_LITTLE = timedelta(seconds=1)
"""After which it is looked again whether another message is out that one waits for."""
COLUMNS = frozenset({"workspace_id", "key", "team_id", "round_id", "user_id", "channel_id", "expires_at"})
"""Fields of a message that have a column of their own in `deliveries`; the others are its payload."""


class Sending(Enum):
    """How a message reaches Slack, and so what can be done where nobody knows whether it did."""

    DIRECT_MESSAGE = "direct message"
    """Looked for before it is sent again."""
    FILE = "file"
    """The same; but until it is shared, it may be uploaded as often as it takes."""
    CHANNEL_POST = "channel post"
    """Can't be looked for, since we don't read channels: not repeated."""
    UPDATE = "update"
    """Changes a message into what it should be, and may be repeated at will."""


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture to upload, or one that was."""

    filename: str
    title: str
    alt_text: str
    comment: str
    """Said where the picture itself stands, in the message's thread."""
    file_id: str | None
    remember: Callable[[AsyncSession, str | None], Awaitable[None]]
    """Keeps the file that it was uploaded as; None where that came to nothing."""
    svg: Callable[[], str]
    """Lays it out, in a thread of its own; not asked where it was uploaded before."""
    showing: Callable[[str], Message]
    """The message with the file of this id in it."""
    png: bytes = b""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message and where it goes: a channel, a message to be changed, or (neither) the recipient's direct message."""

    message: Message
    channel_id: str | None = None
    update_ts: str | None = None
    picture: PictureDraft | None = None
    file: FileDraft | None = None
    """Brought by the message, which Slack makes when the file is shared."""


class NotYetError(Exception):
    """What the message says isn't known yet: look again after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


class UnreadableMessageError(Exception):
    """A row that no kind of message of this version can read; `why` quotes nothing of what it holds."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Context:
    """What a message is drawn and settled with, within one transaction."""

    session: AsyncSession
    rubrics: Rubrics
    now: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where Slack put a message."""

    channel_id: str | None
    message_ts: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message couldn't be sent; `error` is Slack's code, or ours."""

    error: str
    delivery_id: UUID
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedMessage(ABC):
    """One message that is owed. Drawn when it is sent: a retry shows the present state, and no row holds an answer."""

    kind: ClassVar[DeliveryKind]
    sending: ClassVar[Sending]
    drawing_writes: ClassVar[bool] = False
    """Drawing one changes the database, in the transaction in which it reads."""
    words_alone_will_do: ClassVar[bool] = True
    """Where Slack refuses its looks, its text may go without them."""
    may_come_anew: ClassVar[bool] = False
    """Where the message that it changes can't be changed, it may be one of its own."""
    fails_when_late: ClassVar[bool] = False
    """One that met with errors until it was no longer needed has failed."""
    is_to_be_known: ClassVar[bool] = False
    """Its reader must be a full member of the workspace: Slack is asked where that isn't known."""
    ends_a_round: ClassVar[bool] = False
    """Once it is out, a member's answers are gone from Slack, too."""

    workspace_id: str
    key: str
    """Owed once: what has a key already isn't owed twice."""
    expires_at: datetime | None = None

    def row(self, *, due: datetime) -> Owed:
        """What is kept of it until it is drawn, from `due` on."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        columns = {name: kept[name] for name in (COLUMNS & kept.keys()) - {"workspace_id"}}
        return Owed(kind=self.kind, due=due, details=self.payload(), **columns)

    def payload(self) -> Mapping[str, Any]:
        """What it says beside its columns; never an answer or a note."""
        return {}

    @classmethod
    def reads(cls, row: Delivery) -> bool:
        """Whether it is for this class to read."""
        return row.kind is cls.kind

    @classmethod
    def read(cls, row: Delivery) -> Self:
        """The message that a row is of; what lacks something raises as by `required`."""
        columns = {field.name: getattr(row, field.name) for field in fields(cls) if field.name in COLUMNS}
        for field in fields(cls):
            if field.name in COLUMNS and field.default is not None:
                required(columns[field.name])
        return cls(**columns, **cls.parsed(row.details))

    @classmethod
    def parsed(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:  # noqa: ARG003 - most have none
        """The fields that aren't columns, from what `payload` wrote."""
        return {}

    @abstractmethod
    async def draw(self, context: Context) -> Draft | None:
        """The message as it should be now; None when it is no longer needed; NotYetError when it is too early."""

    @classmethod
    async def draw_all(cls, context: Context, messages: Sequence[Self]) -> Sequence[Draft | NotYetError | None]:
        """Each of these as by `draw`, in their order; NotYetError takes the place of one that is too early.

        One by one, unless a class can read more at once. Where one raises anything else, the others aren't drawn.
        """
        found: list[Draft | NotYetError | None] = []
        for message in messages:
            try:
                found.append(await message.draw(context))
            except NotYetError as later:
                found.append(later)
        return found

    # What follows from its fate, within the transaction that settles it.

    async def sent(self, context: Context, receipt: Receipt) -> None:  # noqa: B027 - of most, nothing does
        """Slack took it."""

    @classmethod
    async def sent_all(cls, context: Context, receipts: Sequence[tuple[Self, Receipt]]) -> None:
        """Slack took each of these: one by one, unless a class can write more at once."""
        for message, receipt in receipts:
            await message.sent(context, receipt)

    async def failed(self, context: Context, failure: Failure) -> None:  # noqa: B027
        """It can't be sent: who must know of that is told."""

    async def out_of_reach(self, context: Context) -> None:  # noqa: B027
        """The message to be changed is gone, or not ours to change."""

    async def settled(self, context: Context) -> None:  # noqa: B027
        """Any attempt has ended."""


class Kinds:
    """All kinds of messages that this program sends."""

    def __init__(self, classes: Sequence[type[OwedMessage]]) -> None:
        self._classes = classes

    def read(self, row: Delivery) -> OwedMessage:
        """The message that a row is of; UnreadableMessageError for one that only another version can read."""
        found = next((each for each in self._classes if each.reads(row)), None)
        if found is None:
            raise UnreadableMessageError("unknown")
        try:
            return found.read(row)
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableMessageError(f"{type(error).__name__} in {found.__name__}") from None


async def wait_for(
    context: Context, workspace_id: str, key: str, *, latest: datetime | None = None, drawn: bool = False
) -> None:
    """Raise NotYetError while that message is still under way; with `drawn`, only once it may have been sent.

    One that waits for its own next try, for a quarter of an hour at times, isn't looked at before, but at `latest`.
    """
    other = await deliveries.get(context.session, workspace_id=workspace_id, key=key)
    if other is None or (drawn and not other.maybe_sent):
        return
    if other.state is DeliveryState.SENDING:
        raise NotYetError(A_LITTLE)
    if other.state is DeliveryState.PENDING:
        again_at = min(at for at in (other.next_attempt_at or context.now, latest) if at is not None)
        raise NotYetError(max(again_at - context.now, A_LITTLE))
