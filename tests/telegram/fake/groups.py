"""Groups, and what people do in them."""

from __future__ import annotations

from tests.telegram.fake.people import People
from tests.telegram.fake.refusals import Json


class Groups(People):
    """In a group several people talk, and the bot may be away; what it does not hear gives 0 for an update id."""

    def group(self, chat_id: int, title: str, *, supergroup: bool = False, member: bool = True) -> None:
        """There is a group, with the bot in it or not."""
        assert chat_id not in self._groups, f"there is a group {chat_id}"
        assert str(chat_id).startswith("-100" if supergroup else "-"), f"{chat_id} is no id for such a group"
        self._groups[chat_id] = {"id": chat_id, "type": "supergroup" if supergroup else "group", "title": title}
        self._status[chat_id] = "" if member else "left"

    def say_in(self, chat_id: int, person_id: int, text: str, *, first_name: str = "Anna", reply_to: int | None = None) -> int:
        """Someone says something in the group, perhaps in reply to a message."""
        message = self._in(chat_id, person_id, first_name) | self._replied(chat_id, reply_to)
        assert reply_to is None or "reply_to_message" in message, f"no message {reply_to} in {chat_id}"
        return self._told(message | {"text": text, "entities": [*self._entities(text)]})

    def press_in(self, chat_id: int, person_id: int, label: str) -> int:
        """Someone presses a button in the group."""
        assert chat_id in self._groups, f"{chat_id} is no group"
        return self.press(chat_id, label, person_id)

    def add_bot(self, chat_id: int, person_id: int) -> int:
        """Someone adds the bot to the group; gives the id of the second update, the service message."""
        assert self._status[chat_id], f"the bot is in {chat_id} already"
        self._becomes(self._person(chat_id, person_id), self._status[chat_id], "member")
        return self._told(self._in(chat_id, person_id) | {"new_chat_members": [self.me]})

    def remove_bot(self, chat_id: int, person_id: int, status: str = "kicked") -> int:
        """Someone removes the bot from the group (kicked), or the bot has left; gives the id of the second update."""
        self._told(self._in(chat_id, person_id) | {"left_chat_member": self.me})
        return self._becomes(self._person(chat_id, person_id), "member", status)

    def migrate(self, chat_id: int, new_id: int, person_id: int) -> int:
        """The group becomes a supergroup with another id; gives the id of the second update, the one in the supergroup."""
        self._told(self._in(chat_id, person_id) | {"migrate_to_chat_id": new_id})
        self.group(new_id, self._groups[chat_id]["title"], supergroup=True, member=not self._status[chat_id])
        self._moved[chat_id] = new_id
        return self._told(self._in(new_id, person_id) | {"migrate_from_chat_id": chat_id})

    def _in(self, chat_id: int, person_id: int, first_name: str = "") -> Json:
        assert chat_id in self._groups, f"{chat_id} is no group"
        assert chat_id not in self._moved, f"{chat_id} is now {self._moved.get(chat_id)}"
        return self._message(chat_id, person_id, first_name)
