"""Many people at once while everything comes twice and Telegram fails now and then: none lost, none doubled, none mixed up."""

from __future__ import annotations

import pytest

from bot.channels.telegram import channel
from bot.desk import Desk
from bot.storage.sqlite import SqliteStorage
from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram

PEOPLE = range(1, 201)


def _name(chat: int) -> str:
    return f"Afdeling P{chat}x"


async def test_two_hundred_people_in_a_storm(
    server: FakeTelegram,
    desk: Desk,
    storage: SqliteStorage,
    almanac: Almanac,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channel, "_asked_wait", lambda error: 0.01)
    for number, method in enumerate(("sendMessage", "editMessageText", "answerCallbackQuery")):
        server.storm(method, 0.1, number, 429, 500, 502)
    first = next(iter(almanac.questions))
    updates = [server.say(chat, "/start") for chat in PEOPLE]
    updates += [server.press_data(chat, 1, "role:hr") for chat in PEOPLE]
    updates += [server.say(chat, _name(chat)) for chat in PEOPLE]
    updates += [server.press_data(chat, 1, f"answer:1:{first}:{chat % 4 + 1}") for chat in PEOPLE]
    updates += [server.say(chat, "toon mijn gegevens") for chat in PEOPLE]
    for update in updates:
        server.deliver_again(update)
    await server.wait_until(lambda: all(_exported(server, chat) for chat in PEOPLE), 120)
    await desk.idle()
    for chat in PEOPLE:
        facts = {name: fact.value for name, fact in (await storage.facts(f"telegram:{chat}")).items()}
        assert (facts["role"], facts["name"], facts[f"answer:{first}"]) == ("hr", _name(chat), str(chat % 4 + 1))
        shown = "\n".join(message.text for message in server.chats[chat])
        assert shown.count("Wat is uw rol?") == 1
        assert shown.count("Dit bewaar ik van u") == 1
        assert not any(_name(other) in shown for other in PEOPLE if other != chat)
    assert server.failed
    assert server.problems == []


def _exported(server: FakeTelegram, chat: int) -> bool:
    return any("Dit bewaar ik van u" in message.text for message in server.chats[chat])
