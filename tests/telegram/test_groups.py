"""In a group the bot answers what is meant for it, and the scan belongs to the group."""

from __future__ import annotations

from bot.desk import Desk
from bot.storage.sqlite import SqliteStorage
from tests.telegram.fake import FakeTelegram

TEAM, SUPER = -5, -100_5
ANNA, BERT = 11, 12


def _texts(server: FakeTelegram, chat: int) -> str:
    return "\n".join(shown.text for shown in server.chats[chat])


async def _said(server: FakeTelegram, chat: int, text: str) -> None:
    await server.wait_until(lambda: text in _texts(server, chat))


async def test_a_scan_of_two_people_in_a_group(server: FakeTelegram, desk: Desk) -> None:
    server.group(TEAM, "Team communicatie", member=False)
    server.add_bot(TEAM, ANNA)
    await _said(server, TEAM, "Doe samen de scan met /scan")
    server.say_in(TEAM, ANNA, "/scan@volgende_stap_bot", first_name="Anna")
    await _said(server, TEAM, "Waarover gaat de scan?")
    server.press_in(TEAM, BERT, "De hele organisatie")
    await _said(server, TEAM, "Vraag 1 van 10")
    question = server.chats[TEAM][-1]
    server.say_in(TEAM, ANNA, "2", first_name="Anna", reply_to=question.message_id)
    await _said(server, TEAM, "Anna koos:")
    assert question in server.chats[TEAM]
    assert question.edits == 0
    assert server.problems == []


async def test_talk_and_commands_for_other_bots_are_not_heard(server: FakeTelegram, desk: Desk) -> None:
    server.group(TEAM, "Team")
    server.say_in(TEAM, ANNA, "hoi allemaal, wat is webcare?")
    server.say_in(TEAM, ANNA, "/start@andere_bot")
    server.say(1, "/start")
    await _said(server, 1, "Wat is uw rol?")
    assert server.chats[TEAM] == []
    server.say_in(TEAM, ANNA, "/help@Volgende_Stap_Bot")
    await _said(server, TEAM, "Wat wilt u doen?")


async def test_a_group_that_becomes_a_supergroup_goes_on(server: FakeTelegram, desk: Desk, storage: SqliteStorage) -> None:
    server.group(TEAM, "Team")
    server.say_in(TEAM, ANNA, "/scan")
    await _said(server, TEAM, "Waarover gaat de scan?")
    server.press_in(TEAM, ANNA, "De hele organisatie")
    await _said(server, TEAM, "Vraag 1 van 10")
    server.migrate(TEAM, SUPER, ANNA)
    server.say_in(SUPER, ANNA, "/scan")
    await _said(server, SUPER, "U was bij vraag 1 van 10")
    await desk.idle()
    assert await storage.facts(f"telegram:{TEAM}") == {}


async def test_a_reply_that_finds_the_group_moved_follows_it(server: FakeTelegram, desk: Desk) -> None:
    server.group(TEAM, "Team")
    server.delay("sendMessage", 0.2)
    server.say_in(TEAM, ANNA, "/scan")
    await server.wait_until(lambda: server.delivered(1))
    server.migrate(TEAM, SUPER, ANNA)
    await _said(server, SUPER, "Waarover gaat de scan?")


async def test_a_group_that_removes_the_bot_leaves_nothing(server: FakeTelegram, desk: Desk, storage: SqliteStorage) -> None:
    server.group(TEAM, "Team")
    server.say_in(TEAM, ANNA, "/scan")
    await _said(server, TEAM, "Waarover gaat de scan?")
    server.remove_bot(TEAM, ANNA)
    server.say(1, "/start")
    await _said(server, 1, "Wat is uw rol?")
    await desk.idle()
    assert await storage.facts(f"telegram:{TEAM}") == {}
