"""Files to open from a card: each behind a random address that ends."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.pages.addresses import Pages
from bot.pages.frame import page
from dialogs.texts import label

PATH = "/files"
LASTS = 3600.0
MOST = 200
_KINDS = {".pdf": "application/pdf", ".png": "image/png", ".json": "application/json"}


@dataclass(frozen=True)
class _Kept:
    name: str
    content: bytes
    ends: float


class Files:
    """In memory only, for an hour: after that, or after a restart, a link says that it has ended."""

    def __init__(self, base_url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._base_url = base_url
        self._pages = Pages(base_url)
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file for a while; gives its address."""
        self._drop_ended()
        while len(self._kept) >= MOST:
            self._kept.popitem(last=False)
        identifier = secrets.token_urlsafe(32)
        self._kept[identifier] = _Kept(name, content, self._clock() + LASTS)
        return f"{self._base_url}{PATH}/{identifier}"

    def route(self) -> Route:
        """Where kept files are fetched."""

        async def fetch(request: Request) -> Response:
            self._drop_ended()
            kept = self._kept.get(request.path_params["identifier"])
            if kept is None:
                return page(self._pages, label("page.ended"), label("page.ended"), [f"<p>{label('page.ended_text')}</p>"], 404)
            return Response(kept.content, headers=_headers(kept.name))

        return Route(f"{PATH}/{{identifier}}", fetch, methods=["GET"])

    def _drop_ended(self) -> None:
        while self._kept and next(iter(self._kept.values())).ends <= self._clock():
            self._kept.popitem(last=False)


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Type": _KINDS.get(name[name.rfind(".") :], "application/octet-stream"),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
