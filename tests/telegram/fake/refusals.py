"""How the server says no."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
NOT_MODIFIED = "message is not modified: specified new message content and reply markup are exactly the same "
NOT_MODIFIED += "as a current content and reply markup of the message"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
EDIT_NOT_FOUND, EDIT_REFUSED = "message to edit not found", "message can't be edited"
DELETE_NOT_FOUND = "message to delete not found"
UPGRADED = "group chat was upgraded to a supergroup chat"
ORDINARY = (NOT_MODIFIED, TOO_OLD, EDIT_NOT_FOUND, EDIT_REFUSED, DELETE_NOT_FOUND, UPGRADED)
MISSING = {"text": "message text is empty", "chat_id": "chat_id is empty", "message_id": "message identifier is not specified"}


class Refused(Exception):
    """An answer that is not ok (status 0: none at all); `problem` says whether it is noted as a mistake of the bot."""

    def __init__(self, status: int, description: str, *, problem: bool = True, **parameters: int | None) -> None:
        self.status, self.problem = status, problem
        self.body: Json = {"ok": False, "error_code": status, "description": description}
        given = {name: value for name, value in parameters.items() if value is not None}
        self.body |= {"parameters": given} if given else {}


def check(holds: object, description: str, **parameters: int | None) -> None:
    """Refuse with a 400 unless the condition holds."""
    if not holds:
        raise Refused(400, f"Bad Request: {description}", problem=description not in ORDINARY, **parameters)


def forbid(forbidden: object, description: str) -> None:
    """Refuse with a 403, which no bot can foresee, if the condition holds."""
    if forbidden:
        raise Refused(403, f"Forbidden: {description}", problem=False)
