"""Inline mode: asking the bot from another chat, and sending one of its results there."""

from __future__ import annotations

from tests.telegram.fake import limits
from tests.telegram.fake.groups import Groups
from tests.telegram.fake.refusals import TOO_OLD, Json, check
from tests.telegram.fake.shown import InlineAnswer, Shown


class InlineMode(Groups):
    """Inline queries, and what was answered to each, by the update id that asking gave."""

    def __init__(self, token: str, privacy: bool) -> None:
        super().__init__(token, privacy)
        self.inline: dict[int, InlineAnswer] = {}
        self._asked: dict[str, tuple[int, int]] = {}  # the person and the update, by the id of the query

    def ask_inline(self, person_id: int, query: str, offset: str = "", *, chat_type: str = "private") -> int:
        """The person types the name of the bot and a query, in a chat of that type."""
        assert len(query) <= 256, "Telegram gives at most 256 characters of a query"
        query_id = str(6 * 10**17 + len(self._asked))
        asked = {"id": query_id, "from": self._user(person_id), "query": query, "offset": offset, "chat_type": chat_type}
        update_id = self._push("inline_query", asked)
        self._asked[query_id] = person_id, update_id
        return update_id

    def choose(self, person_id: int, chat_id: int, result_id: str, *, feedback: bool = False) -> int:
        """The person sends a result of the newest answer that has it, as an own message, to a chat.

        Gives the update id of that message, or 0 where the bot is not in the chat. Only with feedback (which has to be
        asked of @BotFather) the bot is told first that the result was chosen.
        """
        answers = [self.inline[asked] for person, asked in self._asked.values() if person == person_id and asked in self.inline]
        results = [result for answer in answers for result in answer.results if result["id"] == result_id]
        assert results, f"nothing answered to {person_id} has a result {result_id!r}"
        name, *words = limits.result_words(results[-1])
        raw, rows = self._message(chat_id, person_id) | {"via_bot": self.me}, limits.keyboard(results[-1])
        shown = Shown(raw["message_id"], "", "", [], raw=raw)
        raw = shown.show(rows, name, (words[0], words[1]))
        self.chats[chat_id].append(shown)
        key = {"inline_message_id": f"via{len(self._via)}"} if rows else {}  # without a keyboard there is no such id
        self._via |= {key["inline_message_id"]: shown} if key else {}
        chosen = {"result_id": result_id, "from": raw["from"], "query": ""} | key
        if feedback:
            self._push("chosen_inline_result", chosen)
        with_bot = chat_id == person_id or chat_id in self._groups
        return self._told(raw) if with_bot else 0

    def _answer_inline(self, p: Json) -> bool:
        limits.inline_answer(p)
        _, asked = self._asked.get(p["inline_query_id"], (0, 0))
        check(asked and asked not in self.inline, TOO_OLD)
        more = p.get("next_offset") or "", 300 if p.get("cache_time") is None else p["cache_time"], bool(p.get("is_personal"))
        self.inline[asked] = InlineAnswer(p["results"], *more, p.get("button"))
        return True
