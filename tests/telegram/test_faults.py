"""What Telegram may answer instead of yes: each is handled, and one person's trouble delays nobody else."""

from __future__ import annotations

import pytest

from bot.attachments import drawer
from bot.channels.telegram import Telegram
from bot.desk import Desk
from bot.problems import TelegramError
from knowledge.model import Almanac
from tests.telegram.fake import FakeTelegram

WELCOME = "Wat is uw rol?"


def _welcomed(server: FakeTelegram, chat: int) -> int:
    return sum(WELCOME in shown.text for shown in server.chats[chat])


@pytest.mark.parametrize(("status", "description"), [(500, "Internal Server Error"), (502, "Bad Gateway")])
async def test_a_server_error_is_tried_again(server: FakeTelegram, desk: Desk, status: int, description: str) -> None:
    server.fail("sendMessage", status, description, times=2)
    server.say(1, "/start")
    await server.wait_until(lambda: _welcomed(server, 1))


async def _one_waits_and_the_other_does_not(server: FakeTelegram) -> None:
    """Two people begin at once; whoever has the trouble gets an answer later than the other."""
    server.say(1, "/start")
    server.say(2, "/start")
    await server.wait_until(lambda: _welcomed(server, 1) + _welcomed(server, 2) == 1)
    await server.wait_until(lambda: _welcomed(server, 1) == _welcomed(server, 2) == 1)


async def test_asked_to_wait_only_that_person_waits(server: FakeTelegram, desk: Desk) -> None:
    server.fail("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    await _one_waits_and_the_other_does_not(server)


async def test_a_slow_answer_to_one_holds_up_nobody(server: FakeTelegram, desk: Desk) -> None:
    server.delay("sendMessage", 1)
    await _one_waits_and_the_other_does_not(server)


async def test_a_lost_answer_may_show_a_message_twice_but_never_not(server: FakeTelegram, desk: Desk) -> None:
    server.drop("sendMessage")
    server.say(1, "/start")
    await server.wait_until(lambda: _welcomed(server, 1) == 2)


async def test_who_blocks_the_bot_is_left_alone(server: FakeTelegram, desk: Desk) -> None:
    server.block(1)
    server.say(1, "/start")
    server.say(2, "/start")
    await server.wait_until(lambda: _welcomed(server, 2))
    await desk.idle()
    server.unblock(1)
    server.say(1, "hulp")
    await server.wait_until(lambda: any("Wat wilt u doen?" in shown.text for shown in server.chats[1]))


async def test_a_message_that_cannot_be_edited_is_sent_anew(server: FakeTelegram, desk: Desk) -> None:
    server.say(1, "/start")
    await server.wait_until(lambda: _welcomed(server, 1))
    server.press_data(1, 999, "role:hr")
    await server.wait_until(lambda: any("Waarover gaat de scan?" in shown.text for shown in server.chats[1]))
    assert _welcomed(server, 1) == 1


async def test_a_query_that_is_too_old_changes_nothing(server: FakeTelegram, desk: Desk) -> None:
    server.say(1, "/start")
    await server.wait_until(lambda: _welcomed(server, 1))
    server.fail("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    server.press(1, "HR")
    await server.wait_until(lambda: any("Waarover gaat de scan?" in shown.text for shown in server.chats[1]))


async def test_polling_goes_on_after_trouble(server: FakeTelegram, desk: Desk) -> None:
    server.fail("getUpdates", 502, "Bad Gateway")
    server.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request")
    server.say(1, "/start")
    await server.wait_until(lambda: _welcomed(server, 1))


async def test_a_server_that_is_not_there_gives_one_sentence(almanac: Almanac, hurried: None) -> None:
    with pytest.raises(TelegramError, match="niet te bereiken"):
        await Telegram("1:a", "http://127.0.0.1:9/bot", drawer(almanac)).__aenter__()
