"""The fake server itself, called by python-telegram-bot: right calls pass, and each wrong one is refused and noted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import telegram as tg
from aiohttp import ClientSession, FormData, web
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter

from tests.telegram.fake import FakeTelegram

GROUP, SUPERGROUP, ANNA, BEN = -5, -100123, 1, 2
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
Do = Callable[[tg.Bot], Awaitable[Any]]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest_asyncio.fixture
async def bot(server: FakeTelegram) -> AsyncIterator[tg.Bot]:
    async with tg.Bot(server.token, base_url=server.base_url) as bot:
        yield bot


class Receiver:
    """A tiny webhook: what was posted to it, and the statuses that it answers first."""

    def __init__(self) -> None:
        self.got: list[tuple[int, str | None]] = []
        self.statuses: list[int] = []

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append((update["update_id"], request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @asynccontextmanager
    async def open(self, port: int = 0) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/hook", self.take)
        runner = web.AppRunner(app, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await runner.cleanup()


def _buttons(*buttons: tg.InlineKeyboardButton) -> tg.InlineKeyboardMarkup:
    return tg.InlineKeyboardMarkup([buttons])


def _button(**more: Any) -> tg.InlineKeyboardMarkup:
    return _buttons(tg.InlineKeyboardButton("Knop", **more))


def _result(result_id: str = "1", text: str = "<b>Tekst</b>", **more: Any) -> tg.InlineQueryResultArticle:
    words = tg.InputTextMessageContent(text, parse_mode="HTML")
    return tg.InlineQueryResultArticle(result_id, more.pop("title", "Titel"), words, **more)


async def test_updates_are_posted_in_order_until_they_are_taken(server: FakeTelegram, bot: tg.Bot) -> None:
    receiver = Receiver()
    receiver.statuses = [500, 302, 200]
    server.say(ANNA, "één")
    async with receiver.open() as url:
        await bot.set_webhook(url, secret_token="Geheim_1", max_connections=1, allowed_updates=["message"])
        server.say(ANNA, "twee")
        server.block(BEN)  # not asked for
        last = server.say(ANNA, "drie")
        await server.wait_until(lambda: server.delivered(last))
        assert receiver.got == [(number, "Geheim_1") for number in (1, 1, 1, 2, last)]
        assert server.deliveries == [(1, 500), (1, 302), (1, 200), (2, 200), (last, 200)]
        server.deliver_again(1)
        await server.wait_until(lambda: server.deliveries[-1] == (1, 200))
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count, info.max_connections) == (url, 0, 1)
        assert info.last_error_message == "Wrong response from the webhook: 302 Found"
        with pytest.raises(Conflict, match="while webhook is active"):
            await bot.get_updates()
    assert len(server.problems) == 1


async def test_a_webhook_that_is_away_gets_its_updates_later(server: FakeTelegram, bot: tg.Bot) -> None:
    receiver = Receiver()
    async with receiver.open() as url:
        await bot.set_webhook(url)
    asked = server.say(ANNA, "hallo")
    await server.wait_until(lambda: (asked, 0) in server.deliveries)
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (1, "Connection refused")
    async with receiver.open(int(url.split(":")[2].split("/")[0])):
        await server.wait_until(lambda: server.delivered(asked))
    assert receiver.got == [(asked, None)]
    await bot.delete_webhook()
    polled = server.say(ANNA, "en nu zonder")
    assert [update.update_id for update in await bot.get_updates()] == [polled]
    await bot.get_updates(offset=polled + 1)
    assert server.delivered(polled)
    assert server.problems == []


async def test_a_webhook_ends_polling_and_stays_when_the_server_restarts(server: FakeTelegram, bot: tg.Bot) -> None:
    receiver = Receiver()
    polling = asyncio.create_task(bot.get_updates(timeout=5))
    await server.wait_until(lambda: any(method == "getUpdates" for method, _, _ in server.calls))
    async with receiver.open() as url:
        await bot.set_webhook(url)
        with pytest.raises(Conflict, match="setWebhook"):
            await polling
        await server.__aexit__()
        asked = server.say(ANNA, "hallo")
        await server.__aenter__()
        await server.wait_until(lambda: server.delivered(asked))
    assert receiver.got == [(asked, None)]


async def test_in_a_group_the_bot_hears_what_is_meant_for_it(server: FakeTelegram, bot: tg.Bot) -> None:
    server.group(GROUP, "Team")
    assert server.say_in(GROUP, ANNA, "Goedemorgen") == 0
    server.say_in(GROUP, ANNA, "/start@een_andere_bot")
    server.say_in(GROUP, BEN, "/stap@Volgende_Stap_bot nu", first_name="Ben")
    sent = await bot.send_message(
        GROUP, "Kies", reply_markup=_button(callback_data="a"), reply_to_message_id=server.newest(GROUP)
    )
    assert sent.reply_to_message
    assert sent.reply_to_message.text == "/stap@Volgende_Stap_bot nu"
    server.say_in(GROUP, ANNA, "Dat vind ik ook", reply_to=sent.message_id)
    server.press_in(GROUP, BEN, "Knop")
    command, reply, pressed = await bot.get_updates()
    assert command.message
    assert command.message.from_user
    assert (command.message.chat.type, command.message.chat.title, command.message.from_user.first_name) == (
        "group",
        "Team",
        "Ben",
    )
    assert command.message.entities[0].length == len("/stap@Volgende_Stap_bot")
    assert reply.message
    assert reply.message.reply_to_message == sent
    assert pressed.callback_query
    assert (pressed.callback_query.from_user.id, pressed.callback_query.message) == (BEN, sent)
    server.privacy = False
    assert server.say_in(GROUP, ANNA, "Tot morgen")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(ANNA, "Hallo")
    server.say(ANNA, "/start")
    await bot.send_message(ANNA, "Hallo")
    assert server.problems == []


async def test_a_bot_comes_and_goes(server: FakeTelegram, bot: tg.Bot) -> None:
    server.group(GROUP, "Team", member=False)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(GROUP, "Hallo")
    server.add_bot(GROUP, ANNA)
    await bot.send_message(GROUP, "Hallo")
    server.remove_bot(GROUP, ANNA)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(GROUP, "Hallo")
    assert server.say_in(GROUP, ANNA, "/start") == 0
    server.add_bot(GROUP, ANNA)
    await bot.leave_chat(GROUP)
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    states = [(change.old_chat_member.status, change.new_chat_member.status) for change in changes]
    assert states == [("left", "member"), ("member", "kicked"), ("kicked", "member")]
    assert len(server.chats[GROUP]) == 1
    assert server.problems == []


async def test_a_group_becomes_a_supergroup(server: FakeTelegram, bot: tg.Bot) -> None:
    server.group(GROUP, "Team")
    server.migrate(GROUP, SUPERGROUP, ANNA)
    old, new = [update.message for update in await bot.get_updates()]
    assert old
    assert new
    assert (old.chat.id, old.migrate_to_chat_id) == (GROUP, SUPERGROUP)
    assert (new.chat.id, new.chat.type, new.migrate_from_chat_id) == (SUPERGROUP, "supergroup", GROUP)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(GROUP, "Hallo")
    assert moved.value.new_chat_id == SUPERGROUP
    await bot.send_message(SUPERGROUP, "Hallo")
    assert server.problems == []


async def test_an_inline_result_is_chosen_pressed_and_edited(server: FakeTelegram, bot: tg.Bot) -> None:
    server.group(GROUP, "Team")
    asked = server.ask_inline(ANNA, "wat is", offset="20")
    query = (await bot.get_updates())[0].inline_query
    assert query
    assert (query.query, query.offset, query.from_user.id) == ("wat is", "20", ANNA)
    keyboard = _buttons(
        tg.InlineKeyboardButton("Lees", url="https://example.nl/a"),
        tg.InlineKeyboardButton("Zoek", switch_inline_query_current_chat=""),
        tg.InlineKeyboardButton("Druk", callback_data="druk"),
    )
    start = tg.InlineQueryResultsButton("Begin de scan", start_parameter="inline")
    results = [_result("1"), _result("2", reply_markup=keyboard, url="https://example.nl")]
    await query.answer(results, cache_time=5, is_personal=True, next_offset="40", button=start)
    answer = server.inline[asked]
    assert [result["id"] for result in answer.results] == ["1", "2"]
    assert (answer.next_offset, answer.cache_time, answer.is_personal) == ("40", 5, True)
    assert answer.button == {"text": "Begin de scan", "start_parameter": "inline"}
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer([])
    chosen = server.choose(ANNA, GROUP, "2", feedback=True)
    shown = server.chats[GROUP][-1]
    assert (shown.text, shown.html) == ("Tekst", "<b>Tekst</b>")
    assert shown.buttons == [[("Lees", ""), ("Zoek", ""), ("Druk", "druk")]]
    server.press_in(GROUP, BEN, "Druk")
    feedback, message, pressed = await bot.get_updates(offset=chosen - 1)
    assert feedback.chosen_inline_result
    assert message.message
    assert (message.message.via_bot, message.message.text) == (await bot.get_me(), "Tekst")
    assert pressed.callback_query
    assert pressed.callback_query.message is None
    assert pressed.callback_query.inline_message_id == feedback.chosen_inline_result.inline_message_id
    await pressed.callback_query.edit_message_text("Nieuw")
    assert (shown.text, shown.edits) == ("Nieuw", 1)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Nieuwer", GROUP, shown.message_id)
    assert server.choose(ANNA, 999, "1") == 0  # a chat without the bot
    assert server.problems == []


async def test_files_are_kept_and_may_be_sent_again(server: FakeTelegram, bot: tg.Bot) -> None:
    photo = await bot.send_photo(ANNA, PNG, caption="<b>Plaat</b>", parse_mode="HTML", filename="plaat.png")
    await bot.send_photo(ANNA, tg.InputFile(PNG, "los.png", attach=True))
    document = await bot.send_document(ANNA, b"%PDF-1.7", filename="advies.pdf", reply_markup=_button(callback_data="a"))
    assert document.document
    await bot.send_document(ANNA, document.document.file_id)
    files = [shown.file for shown in server.chats[ANNA]]
    assert files == [("plaat.png", PNG), ("los.png", PNG), *[("advies.pdf", b"%PDF-1.7")] * 2]
    assert [(size.width, size.height) for size in photo.photo] == [(640, 480)]
    assert document.document.file_name == "advies.pdf"
    await photo.edit_caption("Ander")
    await document.delete()
    assert [shown.text for shown in server.chats[ANNA]] == ["Ander", "", ""]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await document.delete()
    assert server.problems == []


async def test_all_kinds_of_buttons(server: FakeTelegram, bot: tg.Bot) -> None:
    chosen = tg.SwitchInlineQueryChosenChat("x" * 256, allow_group_chats=True)
    kinds: list[dict[str, Any]] = [
        {"switch_inline_query": ""},
        {"switch_inline_query_chosen_chat": chosen},
        {"copy_text": tg.CopyTextButton("x" * 256)},
        {"url": "https://t.me/volgende_stap_bot?start=a"},
        {"callback_data": "x" * 64},
    ]
    await bot.send_message(ANNA, "Kies", reply_markup=_buttons(*[tg.InlineKeyboardButton("Knop", **kind) for kind in kinds]))
    shown = server.chats[ANNA][0]
    assert [data for _, data in shown.buttons[0]] == ["", "", "", "", "x" * 64]
    assert shown.raw["reply_markup"]["inline_keyboard"][0][2] == {"text": "Knop", "copy_text": {"text": "x" * 256}}
    assert server.problems == []


WRONG: list[tuple[str, Do]] = [
    ("HTTPS URL must be", lambda bot: bot.set_webhook("http://example.nl/hook")),
    ("only on ports", lambda bot: bot.set_webhook("https://example.nl:8080/hook")),
    ("invalid webhook URL", lambda bot: bot.set_webhook("ftp:/hook")),
    ("unallowed characters", lambda bot: bot.set_webhook("https://example.nl", secret_token="niet goed")),
    ("too long", lambda bot: bot.set_webhook("https://example.nl", secret_token="a" * 257)),
    ("max_connections", lambda bot: bot.set_webhook("https://example.nl", max_connections=101)),
    ("allowed_updates", lambda bot: bot.get_updates(allowed_updates=["messages"])),
    ("chat not found", lambda bot: bot.send_message(-77, "Hallo")),
    ("to be replied not found", lambda bot: bot.send_message(ANNA, "Hallo", reply_to_message_id=9)),
    ("file must be non-empty", lambda bot: bot.send_document(ANNA, b"", filename="leeg.pdf")),
    ("Image_process_failed", lambda bot: bot.send_photo(ANNA, b"%PDF-1.7")),
    ("Photo_invalid_dimensions", lambda bot: bot.send_photo(ANNA, PNG[:16] + b"\0\0\xff\xff" * 2)),
    ("wrong file identifier", lambda bot: bot.send_document(ANNA, "https://example.nl/a.pdf")),
    ("caption is too long", lambda bot: bot.send_photo(ANNA, PNG, caption="😀" * 512 + "a")),
    ("can't parse entities", lambda bot: bot.send_photo(ANNA, PNG, caption="<b>", parse_mode="HTML")),
    ("no text in the message", lambda bot: bot.edit_message_text("Tekst", BEN, 1)),
    ("no caption in the message", lambda bot: bot.edit_message_caption(BEN, 2, caption="Tekst")),
    ("Message_id_invalid", lambda bot: bot.edit_message_text("Tekst", inline_message_id="x")),
]
BUTTONS: list[tuple[str, dict[str, Any]]] = [
    ("copy_text", {"copy_text": tg.CopyTextButton("x" * 257)}),
    ("url", {"url": "https://geen adres"}),
    ("url", {"url": "https:///pad"}),
    ("url", {"url": "https://example.nl/" + "a" * 2048}),
    ("query", {"switch_inline_query": "x" * 257}),
    (
        "query",
        {"switch_inline_query_chosen_chat": tg.SwitchInlineQueryChosenChat("x" * 257, allow_user_chats=True)},
    ),
    ("no chat type", {"switch_inline_query_chosen_chat": tg.SwitchInlineQueryChosenChat("x")}),
    ("data", {"callback_data": "é" * 33}),
    ("more than one", {"callback_data": "a", "url": "https://example.nl"}),
    ("Text buttons", {}),
]
ANSWERS: dict[str, tuple[list[tg.InlineQueryResult], dict[str, Any]]] = {
    "results_too_much": ([_result(str(number)) for number in range(51)], {}),
    "duplicate": ([_result(), _result()], {}),
    "message_too_long": ([_result(text="é" * 4097)], {}),
    "can't parse entities": ([_result(text="<i>")], {}),
    "text is empty": ([_result(text="<b> </b>")], {}),
    "title_empty": ([_result(title=" ")], {}),
    "url_invalid": ([_result(url="example.nl")], {}),
    "button_url": ([_result(reply_markup=_button(url="geen"))], {}),
    "next_offset": ([], {"next_offset": "é" * 32 + "1"}),
    "start_param": ([], {"button": tg.InlineQueryResultsButton("Begin", start_parameter="niet goed")}),
    "must have one of": ([], {"button": tg.InlineQueryResultsButton("Begin")}),
    "text_empty": ([], {"button": tg.InlineQueryResultsButton(" ", start_parameter="a")}),
}


async def _refused(server: FakeTelegram, message: str, call: Awaitable[Any]) -> None:
    """The call is refused with this message, in any case of letters, and that is noted."""
    server.problems.clear()
    with pytest.raises(BadRequest, match=f"(?i){message}"):
        await call
    assert len(server.problems) == 1


async def test_wrong_calls_are_refused_and_noted(server: FakeTelegram, bot: tg.Bot) -> None:
    await bot.send_photo(BEN, PNG)
    await bot.send_message(BEN, "Hallo")
    for message, do in WRONG:
        await _refused(server, message, do(bot))
    assert server.webhook == ""
    assert [shown.edits for shown in server.chats[BEN]] == [0, 0]
    assert server.chats[ANNA] == []


async def test_wrong_buttons_are_refused_and_noted(server: FakeTelegram, bot: tg.Bot) -> None:
    for message, more in BUTTONS:
        await _refused(server, message, bot.send_message(ANNA, "Kies", reply_markup=_button(**more)))
    assert server.chats[ANNA] == []


async def test_wrong_inline_answers_are_refused_and_noted(server: FakeTelegram, bot: tg.Bot) -> None:
    server.ask_inline(ANNA, "iets")
    query = (await bot.get_updates())[0].inline_query
    assert query
    for message, (results, more) in ANSWERS.items():
        await _refused(server, message, bot.answer_inline_query(query.id, results, **more))
    assert server.inline == {}
    await query.answer([_result("é" * 32)], next_offset="é" * 32)


async def test_what_the_library_would_not_send_is_refused_too(server: FakeTelegram, bot: tg.Bot) -> None:
    query = server.ask_inline(ANNA, "iets")
    asked = (await bot.get_updates())[0].inline_query
    assert asked
    words = {"message_text": "Tekst"}
    wrong: list[dict[str, Any]] = [
        {"type": "article", "id": "1", "input_message_content": words},
        {"type": "article", "id": "1", "title": "Titel"},
        {"type": "article", "id": "é" * 33, "title": "Titel", "input_message_content": words},
        {"type": "soup", "id": "1", "title": "Titel"},
    ]
    async with ClientSession() as session:
        for result in wrong:
            call = {"inline_query_id": asked.id, "results": [result]}
            async with session.post(f"{server.base_url}{server.token}/answerInlineQuery", json=call) as response:
                assert response.status == 400
        nameless = FormData({"chat_id": str(ANNA)})
        nameless.add_field("document", "%PDF-1.7", content_type="application/pdf")
        async with session.post(f"{server.base_url}{server.token}/sendDocument", data=nameless) as response:
            assert response.status == 400
    assert query not in server.inline
    assert "title: Field required" in server.problems[0]
    assert "input_message_content: Field required" in server.problems[1]
    assert len(server.problems) == len(wrong) + 1


async def test_in_a_storm_a_share_of_the_calls_fails(server: FakeTelegram, bot: tg.Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    server.storm("sendMessage", 0.5, 7)
    outcomes = []
    for number in range(40):
        try:
            await bot.send_message(ANNA, str(number))
            outcomes.append("sent")
        except RetryAfter:
            outcomes.append("wait")
        except NetworkError:
            outcomes.append("error")
    assert {"sent", "wait", "error"} == set(outcomes)
    assert outcomes.count("sent") == len(server.chats[ANNA]) == 40 - len(server.failed)
    server.storm("sendMessage", 0)
    await bot.send_message(ANNA, "stil")
    assert server.problems == []
