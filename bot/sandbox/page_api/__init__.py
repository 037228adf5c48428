"""The API of the page in the browser. The page's sources are in `page/`, its build in `built/`."""

from bot.sandbox.page_api.endpoints import BUILT, ROUTES, guarded

__all__ = ["BUILT", "ROUTES", "guarded"]
