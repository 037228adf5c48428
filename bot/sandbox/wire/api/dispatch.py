"""Answer an HTTP request by its Web API method, with faults and rate limits applied."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.state.content import JSON, Refused
from bot.sandbox.state.records import App, Installation
from bot.sandbox.wire.api import auth, chat, conversations, files, users, views
from bot.sandbox.wire.api.call import Call, Method
from bot.sandbox.wire.faults import Fault
from bot.sandbox.wire.server import BrokenConnection
from bot.sandbox.wire.service import Service

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}


async def answer(request: Request) -> Response:
    """Slack's answer to a call: almost always 200, with `ok` and perhaps `error` in its body."""
    sandbox: Service = request.app.state.sandbox
    name = request.path_params["method"]
    arguments = await _read(request)
    caller = sandbox.tokens.get(arguments.get("token", ""))
    workspace = caller.workspace if isinstance(caller, Installation) else None

    fault = sandbox.faults.take(name, workspace, arguments)
    retry_after = sandbox.limits.wait(name, workspace)
    if fault is not None and fault.kind == "slow":
        await fault.passes()
    prevented = _prevented(fault, retry_after)
    if prevented is not None:
        sandbox.traffic.add(
            "api", name, body=_without_token(arguments), status=prevented.status_code, response=_says(prevented)
        )
        return prevented

    body = _call(sandbox, name, arguments, caller)
    lost = fault is not None and fault.kind == "lose_reply"
    status = 0 if lost else 200
    sandbox.traffic.add("api", name, body=_without_token(arguments), status=status, response=body)
    if lost:
        return BrokenConnection()
    granted = ",".join(caller.scopes) if isinstance(caller, Installation) else ""
    return JSONResponse(body, headers={"x-oauth-scopes": granted})


def _prevented(fault: Fault | None, retry_after: int) -> Response | None:
    """The answer in place of doing anything, when a fault or a limit wants it so."""
    kind = fault.kind if fault is not None else None
    if fault is not None and kind == "ratelimited":
        retry_after = fault.retry_after
    if retry_after:
        return JSONResponse(
            {"ok": False, "error": "ratelimited"}, status_code=429, headers={"Retry-After": str(retry_after)}
        )
    if kind == "server_error":
        return PlainTextResponse("Service Unavailable", status_code=503)
    if kind == "internal_error":
        return JSONResponse({"ok": False, "error": "internal_error"})
    if fault is not None and kind == "refused":
        wait = {"retry_after": fault.retry_after} if fault.says_too_many else {}
        return JSONResponse({"ok": False, "error": fault.word, **wait})
    if kind == "refuse_connection":
        return BrokenConnection(status_code=0)
    return None


def _call(sandbox: Service, name: str, arguments: JSON, caller: Installation | App | None) -> JSON:
    try:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", req_method=name)  # noqa: TRY301 - one place makes the refusal's body
        call = Call(sandbox=sandbox, method=name, arguments=arguments, caller=caller)
        _admit(call, method)
        return {"ok": True, **method.answer(call)}
    except Refused as refused:
        body: JSON = {"ok": False, "error": refused.error, **refused.extra}
        if refused.messages:
            # Slack repeats the messages without their level under `errors`.
            body["errors"] = [message.removeprefix("[ERROR] ") for message in refused.messages]
            body["response_metadata"] = {"messages": list(refused.messages)}
        return body


def _admit(call: Call, method: Method) -> None:
    """Raises Refused unless token, scopes and arguments are those that the method needs."""
    if method.bearer != "nobody":
        if not call.arguments.get("token"):
            raise Refused("not_authed")
        if call.caller is None:
            raise Refused("invalid_auth")
        if isinstance(call.caller, Installation):
            if call.caller.ended is not None:
                raise Refused(call.caller.ended)
            if method.bearer == "app":
                raise Refused("not_allowed_token_type")
            call.need(*method.scopes)
        elif method.bearer == "bot":
            raise Refused("not_allowed_token_type")
    missing = [name for name in method.required if _absent(call.arguments.get(name))] if method.required else []
    if missing:
        raise Refused("invalid_arguments", *(f"[ERROR] missing required field: {name}" for name in missing))


async def _read(request: Request) -> JSON:
    """All arguments, wherever they stand; the token from its header, client id and secret from Basic."""
    arguments: JSON = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        try:
            sent: Any = json.loads(body)
        except ValueError:
            sent = None
        if isinstance(sent, dict):
            arguments.update(sent)
    elif kind == "multipart/form-data":
        async with request.form() as form:
            arguments.update({name: value for name, value in form.items() if isinstance(value, str)})
    elif body:
        arguments.update(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        arguments["token"] = credentials.strip()
    elif scheme.lower() == "basic":
        try:
            user, _, password = base64.b64decode(credentials).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return arguments
        arguments |= {"client_id": unquote(user), "client_secret": unquote(password)}
    return arguments


def _without_token(arguments: JSON) -> JSON:
    return {name: value for name, value in arguments.items() if name != "token"}


def _says(response: Response) -> Any:
    return bytes(response.body).decode()


def _absent(value: Any) -> bool:
    return value is None or value == ""
