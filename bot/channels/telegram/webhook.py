"""Updates that Telegram brings itself, by HTTP. Only who knows the secret is heard."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update

from bot.channels.telegram.channel import Telegram
from bot.desk import Desk
from bot.server import CLOSE, body

PATH = "/telegram"
LABEL = b"de-volgende-stap telegram webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
log = logging.getLogger(__name__)


def secret_of(token: str) -> str:
    """What Telegram shows with each update. It follows from the token: no setting, and the same after a restart."""
    return hmac.new(token.encode(), LABEL, hashlib.sha256).hexdigest()


def route(telegram: Telegram, desk: Desk, secret: str) -> Route:
    """Where Telegram brings updates. It hears 200 when the event is safe; after anything else it comes back later."""

    async def receive(request: Request) -> Response:
        _check_secret(request, secret)
        update = _update(await body(request))
        try:
            await telegram.take([update], desk)
        except Exception:
            log.exception("an update was not kept; telegram will bring it again")
            return PlainTextResponse("not kept", 500)
        return PlainTextResponse("ok")

    return Route(PATH, receive, methods=["POST"])


def _check_secret(request: Request, secret: str) -> None:
    given = request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        log.warning("a request without the right secret was refused")
        raise HTTPException(403, headers=CLOSE)


def _update(content: bytes) -> Update:
    """The update in a body. What went wrong is logged by its kind only, as its text may hold what a person wrote."""
    try:
        values = json.loads(content)
        if type(values["update_id"]) is not int:
            raise TypeError
        return Update.de_json(values)
    except Exception as error:
        log.warning("a body that is no update was refused: %s", type(error).__name__)
        raise HTTPException(400) from None
