"""A server that answers every call as Slack does when all is well, in a process of its own: `... PORT [CERT KEY]`."""

import ssl
import sys

from aiohttp import web


async def answer(request: web.Request) -> web.Response:
    """Read the call, and say that the message was posted."""
    await request.read()
    return web.json_response({"ok": True, "channel": "D1", "ts": "1790000000.000100", "message": {"text": ""}})


def main() -> None:
    """Serve until the process is ended."""
    port, *files = sys.argv[1:]
    context = None
    if files:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*files)
    application = web.Application()
    application.router.add_post("/api/{method}", answer)
    web.run_app(application, host="127.0.0.1", port=int(port), ssl_context=context, print=None)


if __name__ == "__main__":
    main()
