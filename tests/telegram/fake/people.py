"""What a person does in the private chat with the bot."""

from __future__ import annotations

import time
from itertools import chain

from tests.telegram.fake.chats import Chats
from tests.telegram.fake.refusals import Json

FILE: Json = {"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9, "duration": 2, "type": "regular"}
FILE |= {"is_animated": False, "is_video": False}
KINDS: Json = {"sticker": FILE, "photo": [FILE], "voice": FILE, "document": FILE, "location": {"latitude": 52, "longitude": 4}}


class People(Chats):
    """Everything that a person does gives the update id."""

    def __init__(self, token: str, privacy: bool) -> None:
        super().__init__(token, privacy)
        self.answered: list[str] = []
        self._callbacks: list[str] = []

    def say(self, chat_id: int, text: str) -> int:
        """The person types a text or a command."""
        return self._told(self._message(chat_id) | {"text": text, "entities": [*self._entities(text)]})

    def send(self, chat_id: int, kind: str) -> int:
        """The person sends a sticker, photo, voice or location, or has "edited" the latest message."""
        if kind != "edited":
            return self._told(self._message(chat_id) | {kind: KINDS[kind]})
        mine = [message for (chat, _), message in self._said.items() if chat == chat_id]
        edit = {"text": "edited", "edit_date": int(time.time())}
        return self._push("edited_message", (mine or [self._message(chat_id)])[-1] | edit)

    def press(self, chat_id: int, label: str, person_id: int = 0) -> int:
        """The person presses the button with this label in the newest message that has it."""
        visible = {text: (m.message_id, data) for m in self.chats[chat_id] for text, data in chain(*m.buttons) if data}
        assert label in visible, f"no callback button {label!r} in chat {chat_id}; visible: {list(visible)}"
        return self.press_data(chat_id, *visible[label], person_id)

    def press_data(self, chat_id: int, message_id: int, data: str, person_id: int = 0) -> int:
        """The person presses an old button, or one that never was."""
        person, shown = self._person(chat_id, person_id), self._shown(chat_id, message_id)
        message = shown.raw if shown else {"message_id": message_id, "date": 0, "chat": person["chat"]}
        via = next((key for key, known in self._via.items() if known is shown), "")
        self._callbacks.append(str(4 * 10**15 + len(self._callbacks)))
        query = {"id": self._callbacks[-1], "from": person["from"], "chat_instance": str(chat_id), "data": data}
        return self._push("callback_query", query | ({"inline_message_id": via} if via else {"message": message}))

    def block(self, chat_id: int, old: str = "member", new: str = "kicked") -> int:
        """The person blocks the bot."""
        return self._becomes(self._person(chat_id), old, new)

    def unblock(self, chat_id: int) -> int:
        """The person unblocks the bot."""
        return self.block(chat_id, "kicked", "member")

    def unanswered(self) -> set[str]:
        """The callback ids that still show a spinner."""
        return set(self._callbacks) - set(self.answered)

    def _becomes(self, person: Json, old: str, new: str) -> int:
        """The bot is something else in the chat from now on."""
        self._status[person["chat"]["id"]] = "" if new == "member" else new
        states = ("old_chat_member", old), ("new_chat_member", new)
        members = {name: {"user": self.me, "status": status, "until_date": 0} for name, status in states}
        return self._push("my_chat_member", person | members)
