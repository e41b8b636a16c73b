"""The limits that the models do not know: of texts, keyboards, files, webhooks, commands and inline results."""

from __future__ import annotations

import html
import re
from itertools import chain

from aiogram import types

from tests.telegram.fake.html import plain_text
from tests.telegram.fake.refusals import MISSING, Json, check
from tests.telegram.fake.shown import File

STYLE = {"text", "style", "icon_custom_emoji_id"}
TEXT_BUTTON = "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
LENGTHS = {"setMyDescription": ("description", 512), "setMyShortDescription": ("short_description", 120)}
LENGTHS |= {"setMyName": ("name", 64), "answerCallbackQuery": ("text", 200)}
URL = re.compile(r"https?://[^\s/?#]+\.[^\s/?#.]+\S*|https?://\[[0-9a-fA-F:]+\]\S*", re.IGNORECASE)
WEBHOOK = re.compile(r"(https?)://([\w.-]+)(?::(\d{1,5}))?(?:[/?]\S*)?", re.IGNORECASE)
LOCAL = ("127.0.0.1", "localhost")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def content(p: Json, name: str = "text", too_long: str = "message is too long") -> tuple[str, str]:
    """The text or caption of a call, plain and as HTML."""
    source, mode = p.get(name) or "", p.get("parse_mode") or ""
    check(mode.lower() in ("", "html"), f"unsupported parse_mode {mode!r}, this fake knows HTML only")
    text, limit = plain_text(source) if mode else source, 1024 if name == "caption" else 4096
    check(text.strip() or name == "caption", MISSING["text"])
    check(len(text.encode("utf-16-le", "surrogatepass")) <= 2 * limit, too_long)  # Telegram counts UTF-16 code units
    return text, source if mode else html.escape(source, quote=False)


def caption(p: Json) -> tuple[str, str]:
    """The caption of a call; there may be none."""
    return content(p, "caption", "message caption is too long")


def keyboard(p: Json) -> list[list[Json]]:
    """The inline buttons of a call, checked."""
    rows: list[list[Json]] = (p.get("reply_markup") or {}).get("inline_keyboard") or []
    check(all(len(row) <= 8 for row in rows), "can't parse reply markup: more than 8 buttons in a row")
    check(sum(map(len, rows)) <= 100, "REPLY_MARKUP_TOO_LONG")
    for button in chain(*rows):
        _button(button)
    return [row for row in rows if row]


def _button(button: Json) -> None:
    check(button["text"].strip(), "inline keyboard button text must be non-empty")
    actions = button.keys() - STYLE
    empty = {name for name, value in button.items() if value == "" and not name.startswith("switch_inline_query")}
    check(actions & types.InlineKeyboardButton.model_fields.keys() and not empty, TEXT_BUTTON)
    check(len(actions) == 1, f"can't parse inline keyboard button: more than one of {actions}")
    check(len(button.get("callback_data", "").encode()) <= 64, "BUTTON_DATA_INVALID")
    url = button.get("url", "tg://none")
    check(len(url) <= 2048 and (URL.fullmatch(url) or re.fullmatch(r"tg://\S+", url)), "BUTTON_URL_INVALID")
    check(1 <= len(button.get("copy_text", {"text": "one"})["text"]) <= 256, "BUTTON_COPY_TEXT_INVALID")
    chosen = button.get("switch_inline_query_chosen_chat", {"allow_user_chats": True})
    check(any(chosen.get(f"allow_{kind}_chats") for kind in ("user", "bot", "group", "channel")), "no chat type is allowed")
    queries = [chosen.get("query"), button.get("switch_inline_query"), button.get("switch_inline_query_current_chat")]
    check(all(len(query or "") <= 256 for query in queries), "BUTTON_SWITCH_QUERY_INVALID")


def uploaded(kind: str, file: File) -> Json:
    """A photo or a document as the API describes it, checked."""
    name, data = file
    check(data, "file must be non-empty")
    check(name.strip(), "file name must be non-empty")
    size: Json = {"file_size": len(data)}
    if kind == "document":
        return size | {"file_name": name}
    check(data.startswith((PNG, JPEG)), "IMAGE_PROCESS_FAILED")
    check(len(data) <= 10 * 2**20, "file is too big")
    width, height = 9, 9
    if data[12:16] == b"IHDR":
        width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    fits = min(width, height) > 0 and width + height <= 10_000 and max(width, height) <= 20 * min(width, height)
    check(fits, "PHOTO_INVALID_DIMENSIONS")
    return size | {"width": width, "height": height}


def webhook(p: Json) -> None:
    """Where updates may be posted: https, or http on this machine."""
    url = WEBHOOK.fullmatch(p["url"])
    check(url, "bad webhook: invalid webhook URL specified")
    scheme, host, port = url.groups() if url else ("", "", "")
    check(scheme.lower() == "https" or host in LOCAL, "bad webhook: An HTTPS URL must be provided for webhook")
    ports = host in LOCAL or int(port or 443) in (80, 88, 443, 8443)
    check(ports, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = p.get("secret_token")
    check(secret is None or len(secret) <= 256, "secret token is too long")
    check(secret is None or SECRET.fullmatch(secret), "secret token contains unallowed characters")
    connections = p.get("max_connections")
    check(connections is None or 1 <= connections <= 100, "max_connections must be from 1 to 100")


def allowed_updates(p: Json) -> None:
    """Stricter than Telegram, which passes over kinds that it does not know."""
    unknown = set(p.get("allowed_updates") or ()) - (types.Update.model_fields.keys() - {"update_id"})
    check(not unknown, f"unknown allowed_updates {sorted(unknown)}")


def commands(p: Json) -> bool:
    """The menu of the bot."""
    check(len(p["commands"]) <= 100, "BOT_COMMANDS_TOO_MUCH")
    for command in p["commands"]:
        check(re.fullmatch("[a-z0-9_]{1,32}", command["command"]), "BOT_COMMAND_INVALID")
        check(1 <= len(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
    return True


def inline_answer(p: Json) -> None:
    """What is answered to an inline query."""
    ids = [result["id"] for result in p["results"]]
    check(len(ids) <= 50, "RESULTS_TOO_MUCH")
    check(all(1 <= len(result_id.encode()) <= 64 for result_id in ids), "RESULT_ID_INVALID")
    check(len(set(ids)) == len(ids), "RESULT_ID_DUPLICATE")
    check(len((p.get("next_offset") or "").encode()) <= 64, "NEXT_OFFSET_INVALID")
    check((p.get("cache_time") or 0) >= 0, "CACHE_TIME_INVALID")
    for result in p["results"]:
        result_words(result)
        keyboard(result)
        check(result["type"] != "article" or result["title"].strip(), "ARTICLE_TITLE_EMPTY")
        for name in ("url", "thumbnail_url", "photo_url", "document_url"):
            check(not result.get(name) or URL.fullmatch(result[name]), f"{name.upper()}_INVALID")
    if button := p.get("button"):
        check(button["text"].strip(), "SWITCH_PM_TEXT_EMPTY")
        check(len(button.keys() & {"web_app", "start_parameter"}) == 1, "the button must have one of web_app and start_parameter")
        check("web_app" in button or START_PARAMETER.fullmatch(button["start_parameter"]), "START_PARAM_INVALID")


def result_words(result: Json) -> tuple[str, str, str]:
    """The kind of words that a chosen result shows (text or caption), and those words, plain and as HTML."""
    message = result.get("input_message_content") or {}
    if "message_text" in message:
        return "text", *content(message, "message_text", "MESSAGE_TOO_LONG")
    return "caption", *(("", "") if message else content(result, "caption", "MEDIA_CAPTION_TOO_LONG"))
