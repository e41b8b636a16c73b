"""What Teams brings, in a chat, a group and a channel, and what it asks of us: once, in time, and never with nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels.teams import answers
from bot.channels.teams.activity import typed
from tests.teams.conftest import Bot
from tests.teams.fake import BOT, FakeTeams, Shown

CHAT, GROUP = "a:1anna", "19:groep@thread.v2"
THREAD, OTHER_THREAD = "19:kanaal@thread.tacv2;messageid=1", "19:kanaal@thread.tacv2;messageid=2"
BERT = {"id": "29:bert", "name": "Bert", "aadObjectId": "11111111-0000-4000-8000-000000000002"}


def _button(shown: Shown, title: str) -> dict[str, Any]:
    return next(button for button in shown.buttons if title in button["title"])


async def _say(bot: Bot, conversation: str, *texts: str) -> Shown:
    for text in texts:
        await bot.fake.say(conversation, text)
        await bot.desk.idle()
    return bot.fake.chats[conversation][-1]


async def _press(bot: Bot, conversation: str, shown: Shown, title: str, **values: Any) -> Any:
    await bot.fake.press(conversation, shown, _button(shown, title), **values)
    await bot.desk.idle()
    return bot.fake.answers[-1]


async def test_a_question_takes_the_place_of_the_one_before(bot: Bot, fake: FakeTeams) -> None:
    question = await _say(bot, CHAT, "/start", "hr", "organisatie")
    before = len(fake.chats[CHAT])
    answer = await _press(bot, CHAT, question, "Lezen en antwoorden")
    assert "Vraag 2 van 10" in question.text
    assert answer["value"] == question.card
    assert (len(fake.chats[CHAT]), question.edits) == (before, 1)
    assert fake.problems == []


async def test_a_card_that_is_gone_is_followed_by_a_new_one(bot: Bot, fake: FakeTeams) -> None:
    question = await _say(bot, CHAT, "/start", "hr", "organisatie")
    fake.chats[CHAT].remove(question)
    await _press(bot, CHAT, question, "Lezen en antwoorden")
    assert "Vraag 2 van 10" in fake.chats[CHAT][-1].text


async def test_in_a_group_everybody_sees_the_answer_and_who_gave_it(bot: Bot, fake: FakeTeams) -> None:
    question = await _say(bot, GROUP, "scan", "organisatie")
    assert "Vraag 1 van 10" in question.text
    answer = await _press(bot, GROUP, question, "Lezen en antwoorden", **{"from": BERT})
    assert "Vraag 1 van 10" in question.text
    assert "Bert koos:" in fake.chats[GROUP][-1].text
    assert answer["value"] == "Het antwoord staat hieronder."
    assert fake.problems == []


async def test_each_thread_of_a_channel_is_a_conversation(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, THREAD, "scan", "organisatie")
    assert "Vraag 1 van 10" in fake.chats[THREAD][-1].text
    await _say(bot, OTHER_THREAD, "scan")
    assert "Waarover gaat de scan?" in fake.chats[OTHER_THREAD][-1].text


async def test_in_a_group_only_what_is_meant_for_the_bot_is_heard(bot: Bot, fake: FakeTeams) -> None:
    await fake.bring(fake.activity("message", GROUP, text="wat is webcare?"))
    other = {"type": "mention", "text": "<at>Bert</at>", "mentioned": BERT}
    await fake.bring(fake.activity("message", GROUP, text="<at>Bert</at> wat is webcare?", entities=[other]))
    await bot.desk.idle()
    assert fake.chats[GROUP] == []


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("<at>Stap</at> wat is webcare?", "wat is webcare?"),
        ("vraag <at>Stap</at>  aan&nbsp;<at>Bert</at> &amp; mij", "vraag aan Bert & mij"),
        ("<at>Stap</at>", ""),
        ("<at>Stap</at>\r\n1 &lt; 2\nen verder", "1 < 2\nen verder"),
    ],
)
def test_the_mention_of_the_bot_goes_and_other_names_stay(written: str, heard: str) -> None:
    own = {"type": "mention", "text": "<at>Stap</at>", "mentioned": BOT}
    bert = {"type": "mention", "text": "<at>Bert</at>", "mentioned": BERT}
    assert typed({"text": written, "recipient": BOT, "entities": [own, bert, None, {"type": "clientInfo"}]}) == heard


async def test_whoever_comes_is_welcomed_once(bot: Bot, fake: FakeTeams) -> None:
    added = fake.activity("conversationUpdate", CHAT, membersAdded=[BERT, BOT])
    for _ in range(2):
        await fake.bring(fake.activity("installationUpdate", CHAT, action="add"))
        await fake.bring(added)
        await bot.desk.idle()
    assert len([shown for shown in fake.chats[CHAT] if "Welkom" in shown.text]) == 1
    await fake.bring(fake.activity("conversationUpdate", CHAT, membersAdded=[BERT]))
    await fake.bring(fake.activity("installationUpdate", CHAT, action="add-upgrade"))
    await bot.desk.idle()
    assert len(fake.chats[CHAT]) == 1
    assert fake.problems == []


async def test_a_group_hears_how_to_begin(bot: Bot, fake: FakeTeams) -> None:
    await fake.bring(fake.activity("installationUpdate", GROUP, action="add"))
    await fake.bring(fake.activity("conversationUpdate", GROUP, membersAdded=[BOT]))
    await bot.desk.idle()
    assert ["typ “@De Volgende Stap scan”" in shown.text for shown in fake.chats[GROUP]] == [True]
    assert "/scan" not in fake.chats[GROUP][0].text


@pytest.mark.parametrize("typed", ["scan", "hulp", "/onbekend", "stop"])
async def test_in_a_group_one_hears_that_the_advisor_must_be_named(bot: Bot, fake: FakeTeams, typed: str) -> None:
    assert "Zet er in een groep @De Volgende Stap voor" in (await _say(bot, GROUP, typed)).text
    assert "@De Volgende Stap" not in (await _say(bot, CHAT, typed)).text


async def test_a_team_that_removes_the_bot_leaves_nothing_in_any_thread(bot: Bot, fake: FakeTeams) -> None:
    for thread in (THREAD, OTHER_THREAD):
        await _say(bot, thread, "scan", "organisatie", "1")
    gone = fake.activity("installationUpdate", THREAD.partition(";")[0], action="remove")
    gone["channelData"]["team"] = {"id": "19:team@thread.tacv2"}
    await fake.bring(gone)
    await bot.desk.idle()
    for thread in (THREAD, OTHER_THREAD):
        assert await bot.storage.facts(f"teams:{thread}") == {}
        assert await bot.storage.address(f"teams:{thread}") == {}


async def test_a_person_who_removes_and_comes_back_finds_everything_again(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, CHAT, "/start", "hr", "organisatie", "1")
    await fake.bring(fake.activity("installationUpdate", CHAT, action="remove"))
    await bot.desk.idle()
    await fake.bring(fake.activity("installationUpdate", CHAT, action="add"))
    await bot.desk.idle()
    assert "U was bij vraag 2 van 10" in "\n".join(shown.text for shown in fake.chats[CHAT][-2:])


async def test_what_comes_again_under_the_same_or_a_new_id_counts_once(bot: Bot, fake: FakeTeams) -> None:
    question = await _say(bot, CHAT, "/start", "hr", "organisatie")
    first = await _press(bot, CHAT, question, "Lezen en antwoorden")
    press = fake.sent[-1]
    for again in (press, press | {"id": "f:new"}):
        await fake.bring(again)
        await bot.desk.idle()
        assert fake.answers[-1] == first
    assert question.edits == 1
    await fake.say(CHAT, "2")
    said = fake.sent[-1]
    for again in (said, said | {"id": "999"}):
        await fake.bring(again)
    await bot.desk.idle()
    assert "Vraag 3 van 10" in fake.chats[CHAT][-1].text
    assert fake.problems == []


async def test_the_same_words_later_count_again(bot: Bot, fake: FakeTeams) -> None:
    assert "Vraag 4 van 10" in (await _say(bot, CHAT, "/start", "hr", "organisatie", "1", "1", "1")).text


async def test_a_button_is_answered_also_when_nothing_is_shown_in_time(
    bot: Bot, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = await _say(bot, CHAT, "/start", "hr", "organisatie")
    monkeypatch.setattr(answers, "PATIENCE", 0.0)
    answer = await _press(bot, CHAT, question, "Lezen en antwoorden")
    assert answer["value"] == "Een ogenblik, het antwoord komt zo."
    assert "Vraag 2 van 10" in question.text


@pytest.mark.parametrize("data", [None, {}, {"action": 3}, {"action": ""}, {"action": "x" * 300}, "answer", []])
async def test_a_press_of_no_button_of_ours_is_refused_in_words(bot: Bot, fake: FakeTeams, data: Any) -> None:
    press = fake.activity("invoke", CHAT, name="adaptiveCard/action", value={"action": {"data": data}}, replyToId="m1")
    response = await fake.bring(press)
    assert response.status_code == 200
    assert fake.answers[-1]["type"] == "application/vnd.microsoft.error"


@pytest.mark.parametrize(
    "change",
    [
        {"type": "event", "name": "application/vnd.microsoft.readReceipt"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "messageDelete"},
        {"type": "typing"},
        {"type": "kindOfTheFuture", "value": {"a": [1]}},
        {"type": "conversationUpdate", "membersAdded": "everybody"},
        {"type": "installationUpdate"},
        {"type": "message", "conversation": None},
        {"type": "message", "conversation": {"id": 3}},
        {"type": "message", "id": 17},
        {"type": "message", "value": {"foreign": True}},
    ],
)
async def test_kinds_that_we_do_not_know_are_taken_calmly(bot: Bot, fake: FakeTeams, change: dict[str, Any]) -> None:
    response = await fake.bring(fake.activity("message", CHAT, text="hallo") | change)
    await bot.desk.idle()
    assert response.status_code == 200
    assert fake.chats[CHAT] == []


async def test_odd_messages_get_a_kind_answer(bot: Bot, fake: FakeTeams) -> None:
    for change in ({"from": None}, {"text": 3}, {"entities": None}, {"attachments": "x"}, {"text": None, "value": None}):
        await fake.bring(fake.activity("message", CHAT, text="hallo") | change)
    await bot.desk.idle()
    assert len(fake.chats[CHAT]) >= 5
    assert fake.problems == []


@pytest.mark.parametrize("name", ["task/fetch", "signin/verifyState", "", None])
async def test_questions_that_we_do_not_know_are_not_answered_with_nothing(bot: Bot, fake: FakeTeams, name: Any) -> None:
    response = await fake.bring(fake.activity("invoke", CHAT, name=name, value={}))
    assert response.status_code == 501
    assert response.json()["error"]["code"] == "NotImplemented"


# --- the service that fails


async def test_what_was_surely_not_taken_is_tried_again(bot: Bot, fake: FakeTeams) -> None:
    fake.failures = [(429, {"Retry-After": "7"}), (412, {}), (503, {})]
    await _say(bot, CHAT, "/start")
    assert len(fake.chats[CHAT]) == 1
    assert len(fake.calls) == 4


@pytest.mark.parametrize("status", [408, 500, 502, 504])
async def test_a_new_message_that_may_have_come_through_is_not_sent_twice(bot: Bot, fake: FakeTeams, status: int) -> None:
    fake.failures = [(status, {})]
    await fake.say(CHAT, "/start")
    await bot.desk.idle()
    assert len(fake.calls) == 1
    assert len(await bot.storage.waiting("teams")) == 1


async def test_a_change_is_repeated_whatever_happened(bot: Bot, fake: FakeTeams) -> None:
    question = await _say(bot, CHAT, "/start", "hr", "organisatie")
    fake.failures = [(502, {}), (500, {})]
    await _press(bot, CHAT, question, "Lezen en antwoorden")
    assert question.edits == 1


@pytest.mark.parametrize("status", [403, 404, 400, 413])
async def test_who_takes_nothing_any_more_is_left_alone(bot: Bot, fake: FakeTeams, status: int) -> None:
    fake.failures = [(status, {})]
    await fake.say(CHAT, "/start")
    await bot.desk.idle()
    assert len(fake.calls) == 1
    assert await bot.storage.waiting("teams") == []


async def test_what_was_not_kept_is_not_confirmed(bot: Bot, fake: FakeTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(events: object) -> None:
        raise OSError("geheime tekst")

    with monkeypatch.context() as broken:
        broken.setattr(bot.storage, "receive", full)
        assert (await fake.say(CHAT, "/start")).status_code == 500
    fake.problems.clear()
    assert (await fake.bring(fake.sent[-1])).status_code == 200
    await bot.desk.idle()
    assert len(fake.chats[CHAT]) == 1


# --- later


async def test_a_reminder_finds_the_chat_after_a_restart(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, CHAT, "/start", "hr", "organisatie", "1", "1", "1", "1", "1", "1", "herinner mij over een maand")
    await bot.close()
    await bot.open()
    await bot.desk.remind(datetime.now(UTC) + timedelta(days=40))
    await bot.desk.idle()
    assert "U vroeg mij om een herinnering" in fake.chats[CHAT][-1].text


async def test_the_address_of_the_service_is_the_last_one_seen(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, CHAT, "/start")
    await fake.say(CHAT, "hulp", serviceUrl=fake.url.replace("127.0.0.1", "localhost"))
    assert "localhost" in (await bot.storage.address(f"teams:{CHAT}"))["service"]
    await bot.desk.idle()


async def test_an_address_of_another_machine_gets_nothing(bot: Bot, fake: FakeTeams) -> None:
    await _say(bot, CHAT, "/start")
    known = await bot.storage.address(f"teams:{CHAT}")
    from bot.events import Outgoing
    from dialogs.messages import Markdown, Message

    await bot.teams.show(Outgoing(known | {"service": "https://evil.example/"}, (Message(Markdown("hallo")),)))
    await bot.teams.show(Outgoing({}, (Message(Markdown("hallo")),)))
    assert len(fake.chats[CHAT]) == 1


async def test_deleting_forgets_where_the_chat_is(bot: Bot, fake: FakeTeams) -> None:
    shown = await _say(bot, CHAT, "/start", "hr", "organisatie", "verwijder mijn gegevens")
    assert "Verwijder" in shown.text or shown.buttons
    await _press(bot, CHAT, shown, "Ja, verwijder alles")
    assert await bot.storage.address(f"teams:{CHAT}") == {}
    assert await bot.storage.facts(f"teams:{CHAT}") == {}
