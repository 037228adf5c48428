"""Methods about people, user groups, bots and the workspace itself."""

from __future__ import annotations

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.wire.api.call import Call, Method
from bot.sandbox.wire.slack_json import bot_json, person_json, usergroup_json


def user_info(call: Call) -> JSON:
    person = call.person("user")
    if person.untold is not None:
        raise Refused(person.untold)
    return {"user": person_json(person, now=call.sandbox.now())}


def user_list(call: Call) -> JSON:
    everybody = list(call.workspace.people.values())
    page, metadata = call.page(everybody, key=lambda one: one.id, default=1000, most=1000)
    now = call.sandbox.now()
    return {"members": [person_json(one, now=now) for one in page], "cache_ts": int(now.timestamp()), **metadata}


def bot_info(call: Call) -> JSON:
    wanted = call.text("bot") or call.installation.bot_id
    installation = next((one for one in call.workspace.installations.values() if one.bot_id == wanted), None)
    if installation is None:
        raise Refused("bot_not_found")
    return {"bot": bot_json(installation)}


def usergroup_list(call: Call) -> JSON:
    with_users, with_disabled = call.flag("include_users"), call.flag("include_disabled")
    return {
        "usergroups": [
            usergroup_json(group, workspace_id=call.workspace.id, with_users=with_users)
            for group in call.workspace.usergroups.values()
            if with_disabled or not group.disabled
        ]
    }


def usergroup_users(call: Call) -> JSON:
    group = call.workspace.usergroups.get(call.text("usergroup"))
    if group is None or (group.disabled and not call.flag("include_disabled")):
        raise Refused("no_such_subteam")
    return {"users": [person.id for person in group.people]}


def workspace_info(call: Call) -> JSON:
    workspace = call.workspace
    if call.text("team") not in {"", workspace.id}:
        raise Refused("team_not_found")
    return {
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
        }
    }


_USERS, _GROUPS = ("users:read",), ("usergroups:read",)
METHODS = {
    "users.info": Method(answer=user_info, scopes=_USERS, required=("user",)),
    "users.list": Method(answer=user_list, scopes=_USERS),
    "bots.info": Method(answer=bot_info, scopes=_USERS),
    "usergroups.list": Method(answer=usergroup_list, scopes=_GROUPS),
    "usergroups.users.list": Method(answer=usergroup_users, scopes=_GROUPS, required=("usergroup",)),
    "team.info": Method(answer=workspace_info, scopes=("team:read",)),
}
