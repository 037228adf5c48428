"""What the page in the browser asks for. The page itself is in `page/`, its build in `built/`."""

from bot.sandbox.page_api.endpoints import BUILT, ROUTES, guarded

__all__ = ["BUILT", "ROUTES", "guarded"]
