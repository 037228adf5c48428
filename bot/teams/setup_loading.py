"""While a set-up form shows “One moment.”: Slack is asked patiently, and a reason takes the form's place."""

from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.access import profiles
from bot.kit.errors import UserError
from bot.kit.i18n import _
from bot.notices.views import invite, invite_and_save
from bot.slack import sentences
from bot.slack.blocks import Block
from bot.slack.calls import Patience
from bot.slack.error_sentences import sentence_of
from bot.slack.services import Services
from bot.teams.setup import NotInvitedError
from storage.people import Profile

MEMBERS_RETRY = Patience(8.0)
"""How long Slack is asked again, in trouble, while somebody looks at "One moment."."""


async def full_member(client: AsyncWebClient, user_id: str, services: Services, *, workspace_id: str) -> Profile:
    """Who is at the form; UserError for guests and people of other organisations."""
    profile = await profiles.look_up(client, user_id, await services.slack.workspace(workspace_id))
    if not profile.is_full_member:
        raise UserError(
            _("Guests and people of other organisations can't set up check-ins. Ask a full member of this channel.")
        )
    return profile


async def or_sentence(
    draw: Callable[[], Awaitable[Block]],
    client: AsyncWebClient,
    services: Services,
    workspace_id: str,
    *,
    saving: bool = False,
) -> Block:
    """What `draw` makes; where it can't, the reason as a modal. `saving`: the form is still there beneath it."""
    try:
        return await draw()
    except NotInvitedError as error:
        workspace = await services.slack.workspace(workspace_id)
        name = await profiles.own_name(client, workspace)
        said = invite_and_save(name, error.channel_id) if saving else invite(name).text
        return sentences.message_modal(said)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person who waits is told
        return sentences.message_modal(sentence_of(error))
