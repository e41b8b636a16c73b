"""The conversation files through Teams, by the newer and by the older kind of button."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from knowledge.model import Almanac
from tests.script import Seen, play, scripts
from tests.teams.conftest import Bot
from tests.teams.fake import FakeTeams, Shown

CHAT = "a:1anna"


class TeamsPerson:
    """Someone in the chat with the bot."""

    def __init__(self, bot: Bot, older: bool) -> None:
        self._bot, self._older, self._fake = bot, older, bot.fake

    async def say(self, text: str) -> Seen:
        return await self._after(lambda: self._fake.say(CHAT, text))

    async def press(self, label: str) -> Seen:
        for shown in reversed(self._fake.chats[CHAT]):
            for button in shown.buttons:
                if _label(button["title"]) == label or (
                    button["title"].endswith("…") and label.startswith(_label(button["title"])[:-1])
                ):
                    return await self._press(shown, button)
        raise AssertionError(f"no button {label}")

    async def press_action(self, action: str) -> Seen:
        button = {"type": "Action.Execute", "title": "?", "verb": "press", "data": {"action": action, "card": "old"}}
        return await self._press(self._fake.chats[CHAT][-1], button | {"fallback": button | {"type": "Action.Submit"}})

    async def _press(self, shown: Shown, button: dict[str, Any]) -> Seen:
        """What a press brings; when it changes nothing, the card still shows what it showed."""
        pressed = button["fallback"] if self._older else button
        seen = await self._after(lambda: self._fake.press(CHAT, shown, pressed))
        return seen if seen.text else _seen([shown])

    async def send(self, kind: str) -> Seen:
        if kind == "edited":
            edited = self._fake.activity("messageUpdate", CHAT, text="x", channelData={"eventType": "editMessage"})
            return await self._after(lambda: self._fake.bring(edited))
        file = [{"contentType": "image/png", "contentUrl": "https://example.org/x"}]
        return await self._after(lambda: self._fake.say(CHAT, "", attachments=file))

    async def again(self) -> Seen:
        return await self._after(lambda: self._fake.bring(self._fake.sent[-1]))

    async def restart(self) -> Seen:
        await self._bot.close()
        await self._bot.open()
        return Seen()

    async def _after(self, act: Any) -> Seen:
        before = {shown.id: _look(shown) for shown in self._fake.chats[CHAT]}
        await act()
        await self._bot.desk.idle()
        return _seen([shown for shown in self._fake.chats[CHAT] if before.get(shown.id) != _look(shown)])


def _seen(found: list[Shown]) -> Seen:
    return Seen(
        "\n".join(shown.text for shown in found), [_label(button["title"]) for shown in found for button in shown.buttons]
    )


def _look(shown: Shown) -> tuple[str, list[str]]:
    return shown.text, [button["title"] for button in shown.buttons]


def _label(text: str) -> str:
    """A label without the number that explained buttons carry."""
    return re.sub(r"^\d+\. ", "", text)


@pytest.mark.parametrize("older", [False, True], ids=["execute", "submit"])
@pytest.mark.parametrize("path", scripts("teams"), ids=lambda path: path.stem)
async def test_on_teams(path: Path, older: bool, almanac: Almanac, tmp_path: Path) -> None:
    async with FakeTeams() as fake:
        bot = Bot(almanac, fake, tmp_path / "test.sqlite3")
        await bot.open()
        try:
            await play(path, TeamsPerson(bot, older))
        finally:
            await bot.close()
        assert fake.problems == []


def test_all_conversations_are_played() -> None:
    assert len(scripts("teams")) >= 15
