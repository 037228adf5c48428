"""What every view is made of: a message is text and blocks, and user text is escaped once, here."""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Block = dict[str, Any]

MOST_BYTES = 12_000
"""Of a message's blocks as JSON. Slack refuses messages from about 13,200 on (slackapi/bolt-js#2509)."""
LONGEST_SECTION = 3000
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what notifications and screen readers get: never empty, and enough by itself."""

    text: str
    blocks: list[Block] = field(default_factory=list)

    def payload(self) -> dict[str, Any]:
        """As keyword arguments of chat.postMessage, respond() and ack(); links in notes bring no previews with them.

        Beside blocks the text is cut to what Slack takes in a change of a message.
        """
        if not self.blocks:
            return {"text": self.text}
        return {"text": within(self.text, LONGEST_TEXT), "blocks": self.blocks}


def typed(text: str) -> str:
    """What somebody typed, without blanks around it and what neither a database nor a client takes.

    That is control characters, but for line breaks, and halves of a character.
    """
    kept = (each for each in text.expandtabs(1) if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"})
    return "".join(kept).strip()


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of what follows them, of our own words too."""


def escape(text: str) -> str:
    """Text from people and from Slack, made inert in mrkdwn: `<!channel>` pings nobody, `<url|label>` links nowhere.

    Nor does it turn the words around it.
    """
    text = _TURNING.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def one_line(text: str) -> str:
    """Text from people without line breaks, tabs and characters that no client can show."""
    straight = _TURNING.sub("", text)
    shown = (" " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in straight)
    return " ".join("".join(shown).split())


def escape_within(text: str, limit: int) -> str:
    """Text from people on one line, escaped, cut so that the result has at most `limit` characters."""
    line = one_line(text)
    if len(escape(line)) <= limit:
        return escape(line)
    kept, used = 0, 1
    while (used := used + len(escape(line[kept]))) <= limit:
        kept += 1
    return escape(line[:kept].rstrip()) + "…"


_OURS = re.compile(r"<@[UW][A-Z0-9]+>|<#[CG][A-Z0-9]+(?:\|[^<>|]*)?>|<!date\^[^<>]*>|&(?:amp|lt|gt);|(?P<other>[&<>])")


def inert(sentence: str) -> str:
    """A sentence in which mentions of a person, channels and dates stay, and every other `&`, `<`, `>` is escaped.

    For sentences that come from elsewhere, where what somebody typed may stand escaped or as it was. Twice is once.
    """
    return _OURS.sub(lambda found: escape(found["other"]) if found["other"] else found[0], sentence)


_MENTION = re.compile(r"<[@#]")
_TOKEN = re.compile(r"<!date\^[^<>|]*\|(?P<date>[^<>]*)>|(?<!\w)\*(?P<bold>[^*\n]+)\*(?!\w)")


def mentions_somebody(sentence: str) -> bool:
    """Whether a sentence holds a mention of a person or a channel, which only Slack turns into a name."""
    return _MENTION.search(sentence) is not None


def without_markup(sentence: str) -> str:
    """A sentence without mentions as plain text, for the places where Slack reads no mrkdwn; `commands` stay so."""
    words = _TOKEN.sub(lambda found: found["date"] or found["bold"], sentence)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def within(text: str, limit: int) -> str:
    """Finished mrkdwn of at most `limit` characters; what is over is cut off before a word, never within a token."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    if kept.rfind("<") > kept.rfind(">"):
        kept = kept[: kept.rfind("<")]
    return kept[: max(kept.rfind(" "), kept.rfind("\n"))].rstrip() + "…" if " " in kept else kept + "…"


def local_time(instant: datetime, *, zone: str) -> str:
    """An instant in the reader's own zone, by Slack's date token; its fallback is in the given zone."""
    local = instant.astimezone(ZoneInfo(zone))
    fallback = f"{local:%A} {local.day} {local:%B %Y, %H:%M}"
    return f"<!date^{int(instant.timestamp())}^{{date_long_pretty}} at {{time}}|{fallback} ({zone_name(zone)})>"


def zone_name(zone: str) -> str:
    """A time zone as people read it: `America/New York`."""
    return zone.replace("_", " ")


def local_day(instant: datetime, *, zone: str) -> str:
    """The date of an instant in the reader's own zone, as `local_time` gives it with its time."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"<!date^{int(instant.timestamp())}^{{date_long}}|{local:%A} {local.day} {local:%B %Y}>"


def short_time(seconds: int, *, zone: str) -> str:
    """An instant (seconds since 1970) in the reader's own zone, which is `zone`, in few words: `today at 10:00`."""
    local = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    fallback = f"{local.day} {local:%B %Y, %H:%M}"
    return f"<!date^{seconds}^{{date_short_pretty}} at {{time}}|{fallback}>"


def plain(text: str, limit: int | None = None) -> dict[str, Any]:
    """A plain_text object, cut to Slack's limit for its place."""
    return {"type": "plain_text", "text": shorten(text, limit), "emoji": False}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def shorten(text: str, limit: int | None) -> str:
    """At most `limit` characters, an ellipsis being the last."""
    return text if limit is None or len(text) <= limit else text[: limit - 1].rstrip() + "…"


def section(text: str, **more: Any) -> Block:
    """A section with a text; `expand` keeps Slack from folding it behind "Show more"."""
    return {"type": "section", "text": mrkdwn(text), "expand": True, **more}


def sections(lines: Iterable[str]) -> list[Block]:
    """Lines of mrkdwn in as few sections as they fit into."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + 1 + len(line) <= LONGEST_SECTION:
            texts[-1] += f"\n{line}"
        else:
            texts.append(line)
    return [section(text) for text in texts]


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def image(file_id: str, *, alt_text: str) -> Block:
    """A picture that was uploaded to Slack."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": alt_text}


def actions(*elements: dict[str, Any], block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    return block if block_id is None else block | {"block_id": block_id}


def button(text: str, *, do: str, value: str | None = None, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "button", "text": plain(text, 75), "action_id": do, **more}
    return found if value is None else found | {"value": value}


def option(text: str, value: str, *, description: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"text": plain(text, 75), "value": value}
    return found if description is None else found | {"description": plain(description, 75)}


def input_block(label: str, element: dict[str, Any], *, block_id: str, **more: Any) -> Block:
    return {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element, **more}


def confirmation(*, title: str, text: str, confirm: str, deny: str) -> dict[str, Any]:
    """What a button asks before it acts."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(confirm, 30),
        "deny": plain(deny, 30),
    }


def size(blocks: Sequence[Block]) -> int:
    """Bytes of the blocks as JSON without spaces, in UTF-8."""
    return len(json.dumps(blocks, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass"))


def first_that_fits(drawings: Iterable[list[Block]], *, limit: int = MOST_BYTES) -> list[Block]:
    """The first of these drawings, richest first, that is small enough for Slack; the last where none is."""
    drawn: list[Block] = []
    for drawn in drawings:
        if size(drawn) <= limit:
            break
    return drawn


def modal(
    *, title: str, blocks: Sequence[Block], callback_id: str, submit: str | None = None, close: str, metadata: str = ""
) -> Block:
    found: Block = {
        "type": "modal",
        "title": plain(title, 24),
        "close": plain(close, 24),
        "callback_id": callback_id,
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    return found if submit is None else found | {"submit": plain(submit, 24)}
