"""Reading a call: what was sent, as aiogram models it."""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from aiogram import methods
from aiohttp import web
from pydantic import ValidationError

from tests.telegram.fake.refusals import MISSING, Json, Refused, check
from tests.telegram.fake.shown import File

Model = methods.TelegramMethod[Any]
METHODS = {m.__api_method__: m for m in vars(methods).values() if isinstance(getattr(m, "__api_method__", None), str)}


async def read_call(model: type[Model], request: web.Request) -> tuple[Model, dict[str, File]]:
    """The call and the files in it, read from the query and a form or a JSON body.

    JSON strings are decoded where they are not text. A file that is sent as a parameter stands there as `attach://` and its key.
    """
    try:
        body = await (request.json() if request.content_type == "application/json" and request.can_read_body else request.post())
        sent: Json = {**request.query, **body}
        files = {k: (v.filename, v.file.read()) for k, v in sent.items() if isinstance(v, web.FileField)}
        params = {k: f"attach://{k}" if k in files else v for k, v in sent.items() if k in model.model_fields or k not in files}
        text = {k for k, f in model.model_fields.items() if {str, int, bool, float} & {f.annotation, *get_args(f.annotation)}}
        text -= {"chat_id"} if re.fullmatch(r"-?\d+", str(params.get("chat_id"))) else set()
        nested = {k for k, v in params.items() if isinstance(v, str) and k in model.model_fields.keys() - text}
        call = model.model_validate(params | {k: json.loads(params[k]) for k in nested})
        markup = getattr(call, "reply_markup", None)  # a wrong keyboard passes as a ReplyKeyboardRemove with more in it
        check(not (markup and markup.model_extra), "can't parse reply keyboard markup JSON object")
        return call, files
    except ValidationError as error:
        raise Refused(400, f"Bad Request: {_described(error)}") from None
    except web.HTTPRequestEntityTooLarge:
        raise Refused(413, "Request Entity Too Large") from None
    except (ValueError, TypeError) as error:
        raise Refused(400, f"Bad Request: can't parse JSON object: {error}") from None


def _described(error: ValidationError) -> str:
    """The first mistake, left out those about another type of result than the one that was meant."""
    errors = error.errors(include_url=False)
    others = [e["loc"][:-1] for e in errors if e["type"] == "literal_error"]
    meant = [e for e in errors if not any(e["loc"][: len(other)] == other for other in others)]
    first = (meant or errors)[0]
    where = ".".join(map(str, first["loc"]))
    return (first["type"] == "missing" and MISSING.get(where)) or f"{where}: {first['msg']}"
