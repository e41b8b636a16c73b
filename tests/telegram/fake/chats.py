"""The chats: who is in them, and what was said there."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterator

from tests.telegram.fake.refusals import MISSING, UPGRADED, Json, check, forbid
from tests.telegram.fake.shown import Shown
from tests.telegram.fake.updates import Updates


class Chats(Updates):
    """Private chats, which begin by themselves, and groups, which are made."""

    def __init__(self, token: str, privacy: bool) -> None:
        super().__init__()
        self.token, self.privacy = token, privacy
        self.me = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Stap", "username": "volgende_stap_bot"}
        self.chats: dict[int, list[Shown]] = defaultdict(list)  # what is shown of the bot, or by way of it
        self._said: dict[tuple[int, int], Json] = {}  # what people wrote, and what happened
        self._groups: dict[int, Json] = {}
        self._names: dict[int, str] = {}  # of the people seen in groups and inline mode
        self._started: set[int] = set()  # the people who have a private chat with the bot
        self._status: dict[int, str] = {}  # of the bot in a chat: kicked or left
        self._moved: dict[int, int] = {}  # from a group to the supergroup that it became
        self._last_message: dict[int, int] = defaultdict(int)
        self._via: dict[str, Shown] = {}  # messages by way of the bot, by their inline_message_id

    def newest(self, chat_id: int) -> int:
        """The id of the newest message in the chat, whoever wrote it."""
        return self._last_message[chat_id]

    def _user(self, person_id: int, first_name: str = "") -> Json:
        """Someone, by the name that was given or else used before."""
        name = self._names[person_id] = first_name or self._names.get(person_id, "Test")
        return {"id": person_id, "is_bot": False, "first_name": name, "language_code": "nl"}

    def _person(self, chat_id: int, person_id: int = 0, first_name: str = "") -> Json:
        """Who does something where and when; without a person it is a private chat."""
        self._started |= {chat_id} if person_id in (0, chat_id) else set()
        user = self._user(person_id or chat_id, first_name)
        return {"from": user, "chat": self._chat(chat_id), "date": int(time.time())}

    def _chat(self, chat_id: int) -> Json:
        private = {"id": chat_id, "first_name": self._names.get(chat_id, "Test"), "type": "private"}
        return self._groups.get(chat_id) or private

    def _message(self, chat_id: int, person_id: int = 0, first_name: str = "") -> Json:
        self._last_message[chat_id] += 1
        return {"message_id": self._last_message[chat_id]} | self._person(chat_id, person_id, first_name)

    def _shown(self, chat_id: int, message_id: int) -> Shown | None:
        return next((shown for shown in self.chats[chat_id] if shown.message_id == message_id), None)

    def _replied(self, chat_id: int, message_id: int | None) -> Json:
        """What a reply to the message has more than another message; nothing if there is no such message."""
        shown = self._shown(chat_id, message_id or 0)
        raw = shown.raw if shown else self._said.get((chat_id, message_id or 0))
        return {"reply_to_message": {k: v for k, v in raw.items() if k != "reply_to_message"}} if raw else {}

    def _told(self, message: Json) -> int:
        """A message of a person: kept, and an update if the bot hears it. Gives the update id, or 0."""
        self._said[message["chat"]["id"], message["message_id"]] = message
        return self._push("message", message) if self._hears(message) else 0

    def _hears(self, message: Json) -> bool:
        """With privacy mode the bot hears in a group only what is meant for it, and what happens there."""
        chat_id = message["chat"]["id"]
        if chat_id > 0:
            return True
        if self._status.get(chat_id):
            return False
        name = str(self.me["username"])
        command = re.match(rf"/\w+(?:@{name})?(?![\w@])", message.get("text", ""), re.IGNORECASE)
        authors = message.get("reply_to_message", {}).get("from"), message.get("via_bot")
        return not self.privacy or "text" not in message or bool(command) or self.me in authors

    def _entities(self, text: str) -> Iterator[Json]:
        for found in re.finditer(r"(?<!\S)(?:/\w+(?:@\w+)?|@\w{5,32})", text):
            place = {"offset": len(text[: found.start()].encode("utf-16-le")) // 2, "length": len(found[0])}
            yield {"type": "bot_command" if found[0][0] == "/" else "mention", **place}

    def _target(self, p: Json) -> int:
        """The chat that a call is about, if the bot may write there."""
        chat_id = p.get("chat_id") or 0
        known = isinstance(chat_id, int) and (chat_id > 0 or chat_id in self._groups)
        check(known, "chat not found" if chat_id else MISSING["chat_id"])
        check(chat_id not in self._moved, UPGRADED, migrate_to_chat_id=self._moved.get(chat_id))
        status, kind = self._status.get(chat_id), self._groups.get(chat_id, {}).get("type")
        forbid(status == "kicked", f"bot was kicked from the {kind} chat" if kind else "bot was blocked by the user")
        forbid(status == "left", f"bot is not a member of the {kind} chat")
        stranger = chat_id > 0 and chat_id in self._names.keys() - self._started
        forbid(stranger, "bot can't initiate conversation with a user")
        return int(chat_id)
