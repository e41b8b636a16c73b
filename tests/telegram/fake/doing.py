"""What the bot does in chats: its calls, checked and shown."""

from __future__ import annotations

import time

from tests.telegram.fake import limits
from tests.telegram.fake.inline import InlineMode
from tests.telegram.fake.refusals import (
    DELETE_NOT_FOUND,
    EDIT_NOT_FOUND,
    EDIT_REFUSED,
    MISSING,
    NOT_MODIFIED,
    TOO_OLD,
    Json,
    Refused,
    check,
)
from tests.telegram.fake.shown import File, Shown


class Doing(InlineMode):
    """Sending, editing, deleting, answering, leaving."""

    def __init__(self, token: str, privacy: bool) -> None:
        super().__init__(token, privacy)
        self._files: dict[str, tuple[str, File]] = {}  # the kind and the file, by the id under which it may be sent again

    def _send_text(self, p: Json) -> Json:
        return self._send(p, "text", limits.content(p), {})

    def _send_photo(self, p: Json) -> Json:
        described, file = self._file(p, "photo")
        return self._send(p, "caption", limits.caption(p), {"photo": [described]}, file)

    def _send_document(self, p: Json) -> Json:
        described, file = self._file(p, "document")
        return self._send(p, "caption", limits.caption(p), {"document": described}, file)

    def _send(self, p: Json, name: str, words: tuple[str, str], more: Json, file: File | None = None) -> Json:
        chat_id, rows, reply = self._target(p), limits.keyboard(p), p.get("reply_parameters")
        replied = self._replied(chat_id, reply["message_id"]) if reply else {}
        check(replied or not reply or reply.get("allow_sending_without_reply"), "message to be replied not found")
        self._last_message[chat_id] = message_id = self.newest(chat_id) + 1
        raw = {"message_id": message_id, "from": self.me, "chat": self._chat(chat_id), "date": int(time.time())}
        self.chats[chat_id].append(Shown(message_id, "", "", [], raw=raw | replied | more, file=file))
        return self.chats[chat_id][-1].show(rows, name, words)

    def _file(self, p: Json, kind: str) -> tuple[Json, File]:
        """The file of a call, as the API describes it and as it was uploaded; or one that was uploaded before."""
        given = p[kind]
        if isinstance(given, str):
            check(self._files.get(given, ("",))[0] == kind, "wrong file identifier/HTTP URL specified")
            file_id, file = given, self._files[given][1]
        else:
            file_id, file = f"{kind}{len(self._files)}", given
        described = limits.uploaded(kind, file)
        self._files[file_id] = kind, file
        return {"file_id": file_id, "file_unique_id": file_id, **described}, file

    def _edit_text(self, p: Json) -> Json | bool:
        return self._edit(p, "text", limits.content(p, too_long="MESSAGE_TOO_LONG"))

    def _edit_caption(self, p: Json) -> Json | bool:
        return self._edit(p, "caption", limits.caption(p))

    def _edit_keyboard(self, p: Json) -> Json | bool:
        return self._edit(p, "", None)

    def _edit(self, p: Json, name: str, words: tuple[str, str] | None) -> Json | bool:
        rows, via = limits.keyboard(p), p.get("inline_message_id")
        check(not via or via in self._via, "MESSAGE_ID_INVALID")
        shown = self._via[via] if via else self._mine(p)
        part = "text" if "text" in shown.raw else "caption"
        check(name in ("", part), f"there is no {name} in the message to edit")
        before = shown.html, shown.raw
        raw = shown.show(rows, part, words)
        check((shown.html, raw) != before, NOT_MODIFIED)
        shown.edits += 1
        return True if via else raw

    def _mine(self, p: Json) -> Shown:
        """The message of the bot that is to be edited."""
        chat_id, message_id = self._target(p), p.get("message_id") or 0
        check(message_id, MISSING["message_id"])
        shown = self._shown(chat_id, message_id)
        check(shown or (chat_id, message_id) in self._said, EDIT_NOT_FOUND)
        if shown is None or "via_bot" in shown.raw:
            raise Refused(400, f"Bad Request: {EDIT_REFUSED}", problem=False)
        return shown

    def _delete(self, p: Json) -> bool:
        """A message of the bot goes, or, in a private chat, any."""
        chat_id, message_id = self._target(p), p["message_id"]
        said, shown = self._said.get((chat_id, message_id)), self._shown(chat_id, message_id)
        check(said or shown, DELETE_NOT_FOUND)
        check(chat_id > 0 or not said, "message can't be deleted")
        self._said.pop((chat_id, message_id), None)
        self.chats[chat_id] = [other for other in self.chats[chat_id] if other is not shown]
        return True

    def _leave(self, p: Json) -> bool:
        chat_id = self._target(p)
        check(chat_id < 0, "chat member status can't be changed in private chats")
        self._status[chat_id] = "left"
        return True

    def _answer(self, p: Json) -> bool:
        check(p["callback_query_id"] in self.unanswered(), TOO_OLD)
        self.answered.append(p["callback_query_id"])
        return True
