"""Where Teams brings activities."""

from __future__ import annotations

import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.teams.access import Access
from bot.channels.teams.activity import Activity, text
from bot.channels.teams.channel import Teams
from bot.desk import Desk
from bot.server import body
from dialogs.conversation import where

PATH = "/api/messages"
log = logging.getLogger(__name__)


def route(teams: Teams, desk: Desk, access: Access) -> Route:
    """Teams hears 200 when the event is safe; after a failure of ours it comes back."""

    async def receive(request: Request) -> Response:
        authorization = request.headers.get("Authorization", "")
        access.greet(authorization)
        activity = _activity(await body(request))
        await access.admit(authorization, activity)
        try:
            answer = await teams.take(activity, desk)
        except NotImplementedError:
            return JSONResponse({"error": {"code": "NotImplemented", "message": "unknown invoke"}}, 501)
        except Exception as error:
            log.error("an activity was not kept; teams will bring it again: %s", where(error))
            return JSONResponse({"error": {"code": "ServerError", "message": "not kept"}}, 500)
        return Response(status_code=200) if answer is None else JSONResponse(answer)

    return Route(PATH, receive, methods=["POST"])


def _activity(content: bytes) -> Activity:
    """The activity in a body. What went wrong is logged by its kind only, as its text may hold what a person wrote."""
    try:
        values = json.loads(content)
        if not isinstance(values, dict) or not text(values, "type"):
            raise TypeError
    except Exception as error:
        log.warning("a body that is no activity was refused: %s", type(error).__name__)
        raise HTTPException(400) from None
    return values
