"""The message and the picture that `maturity doctor --post` tries out."""

from bot.kit.i18n import _
from bot.slack.blocks import Message, escape, image, section

WIDTH, HEIGHT = 480, 120
INK = "#1f4e5a"


def message(file_id: str | None = None) -> Message:
    """The message, with its picture once there is one."""
    said = _(
        "This is a trial: whoever runs this app is checking that its messages and pictures arrive here. A picture "
        "belongs below. Nobody has to do anything."
    )
    blocks = [section(said)]
    return Message(said, blocks if file_id is None else [*blocks, image(file_id, alt_text=alt_text())])


def comment() -> str:
    """What stands above the file in the message's thread."""
    return _("The picture of the trial above.")


def title() -> str:
    return _("A trial picture")


def alt_text() -> str:
    return _("A trial picture: four levels, the second of them filled.")


def svg() -> str:
    """Four boxes and a word, drawn as summaries' pictures are: in their font, by the same process."""
    boxes = "".join(
        f'<rect x="{20 + 112 * place}" y="62" width="104" height="38" rx="6" fill="{fill}" stroke="{INK}"/>'
        for place, fill in enumerate(("#fff", INK, "#fff", "#fff"))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="Roboto">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="20" y="42" font-size="28" font-weight="500" fill="#1d1c1d">{escape(title())}</text>{boxes}</svg>'
    )
