"""The other side: someone in Teams, and the service that a bot sends to. Strict, and of no help to a wrong bot."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.server import Server, listen
from tests.teams.rules import elements, invoke_problems, message_problems

BOT = {"id": "28:b0b00000-0000-4000-8000-000000000001", "name": "De Volgende Stap"}
TENANT = "aaaaaaaa-0000-4000-8000-000000000001"


@dataclass
class Shown:
    """A message of the bot as it is seen now."""

    id: str
    activity: dict[str, Any]
    edits: int = 0

    @property
    def card(self) -> dict[str, Any]:
        return self.activity["attachments"][0]["content"]  # type: ignore[no-any-return]

    @property
    def text(self) -> str:
        return card_text(self.card)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [element for element in elements(self.card) if element["type"].startswith("Action.")]


def card_text(card: dict[str, Any]) -> str:
    """What is to be read on a card, without what is hidden."""
    return "\n".join(row for element in card["body"] if element.get("isVisible", True) for row in _rows(element))


def _rows(element: dict[str, Any]) -> list[str]:
    """The lines of an element; what stands side by side is one line."""
    blocks = ["".join(run["text"] for run in part["inlines"]) for part in elements(element) if part["type"] == "RichTextBlock"]
    return [" ".join(blocks)] if element["type"] == "ColumnSet" else blocks


class FakeTeams:
    """Use with `async with`, then `connect` a bot; `failures` are what the service says before it takes anything."""

    def __init__(self) -> None:
        self.chats: defaultdict[str, list[Shown]] = defaultdict(list)
        self.problems: list[str] = []
        self.typing: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.authorizations: list[str | None] = []
        self.answers: list[Any] = []
        self.sent: list[dict[str, Any]] = []
        self._changed = asyncio.Event()
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> FakeTeams:
        self._door = listen("127.0.0.1", 0)
        path = "/v3/conversations/{conversation}/activities"
        routes = [
            Route(path, self._create, methods=["POST"]),
            Route(f"{path}/{{shown}}", self._update, methods=["PUT"]),
        ]
        self._server = Server(Starlette(routes=routes))
        self._serving = asyncio.create_task(self._server.serve([self._door]))
        self.url = "http://{}:{}/".format(*self._door.getsockname()[:2])
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.stop()
        await self._serving
        self._door.close()

    def connect(self, bot: Starlette | str) -> None:
        """The bot that activities are brought to, in this process or at an address."""
        transport = None if isinstance(bot, str) else httpx.ASGITransport(bot)
        address = bot if isinstance(bot, str) else "http://bot"
        self._bot = httpx.AsyncClient(transport=transport, base_url=address, trust_env=False)

    async def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds of what the bot sent."""
        async with asyncio.timeout(30):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    # --- the service

    async def _create(self, request: Request) -> Response:
        conversation, activity, refused = await self._asked(request)
        if refused:
            return refused
        if activity["type"] == "typing":
            self.typing.append(conversation)
            return Response(status_code=201)
        shown = Shown(f"m{next(self._numbers)}", activity)
        self.chats[conversation].append(shown)
        self._changed.set()
        return JSONResponse({"id": shown.id}, 201)

    async def _update(self, request: Request) -> Response:
        conversation, activity, refused = await self._asked(request)
        if refused:
            return refused
        identifier = request.path_params["shown"]
        for shown in self.chats[conversation]:
            if shown.id == identifier:
                if activity.get("id") != identifier:
                    self.problems.append("an update under another id")
                shown.activity, shown.edits = activity, shown.edits + 1
                self._changed.set()
                return JSONResponse({"id": identifier})
        return JSONResponse({"error": {"code": "ActivityNotFoundInConversation"}}, 404)

    async def _asked(self, request: Request) -> tuple[str, dict[str, Any], Response | None]:
        conversation, activity = request.path_params["conversation"], await request.json()
        self.calls.append((request.method, activity["type"]))
        self.authorizations.append(request.headers.get("Authorization"))
        self.problems += message_problems(activity)
        failure = self.failures.pop(0) if self.failures else None
        return conversation, activity, Response(status_code=failure[0], headers=failure[1]) if failure else None

    # --- the people

    def activity(self, kind: str, conversation: str, **values: Any) -> dict[str, Any]:
        """An activity as Teams makes it: personal, or for ids that begin with 19: a group or the thread of a channel."""
        group = conversation.startswith("19:")
        channel = ";messageid=" in conversation
        made = {
            "type": kind,
            "id": str(1_700_000_000_000 + next(self._numbers)),
            "timestamp": datetime.now(UTC).isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {"id": "29:anna", "name": "Anna de Vries", "aadObjectId": "11111111-0000-4000-8000-000000000001"},
            "recipient": BOT,
            "conversation": {
                "id": conversation,
                "tenantId": TENANT,
                "conversationType": "channel" if channel else "groupChat" if group else "personal",
                **({"isGroup": True} if group else {}),
            },
            "channelData": {"tenant": {"id": TENANT}, **({"team": {"id": "19:team@thread.tacv2"}} if channel else {})},
        }
        return {**made, **values}

    async def bring(self, activity: dict[str, Any]) -> httpx.Response:
        """Bring an activity to the bot."""
        self.sent.append(activity)
        response = await self._bot.post("/api/messages", json=activity)
        if activity["type"] == "invoke":
            self._answered(activity, response)
        elif response.status_code >= 300:
            self.problems.append(f"{activity['type']} got {response.status_code}")
        return response

    def _answered(self, activity: dict[str, Any], response: httpx.Response) -> None:
        answer = json.loads(response.content) if response.content else None
        self.answers.append(answer)
        if activity["name"] != "adaptiveCard/action":
            return
        self.problems += invoke_problems(response.status_code, answer)
        if isinstance(answer, dict) and answer["type"] == "application/vnd.microsoft.card.adaptive":
            for shown in self.chats[activity["conversation"]["id"]]:
                if shown.id == activity["replyToId"] and shown.card != answer["value"]:
                    shown.activity = {**shown.activity, "attachments": [{"content": answer["value"]}]}

    async def say(self, conversation: str, text: str, **values: Any) -> httpx.Response:
        """Type something; in a group with a mention of the bot before it."""
        if conversation.startswith("19:"):
            mention = f"<at>{BOT['name']}</at>"
            values = {"entities": [{"type": "mention", "text": mention, "mentioned": BOT}], **values}
            text = f"{mention} {text}"
        escaped = text if "<at>" in text else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        html = [{"contentType": "text/html", "content": f"<p>{escaped}</p>"}]
        return await self.bring(self.activity("message", conversation, **{"text": escaped, "attachments": html, **values}))

    async def press(self, conversation: str, shown: Shown, action: dict[str, Any], **values: Any) -> httpx.Response:
        """Press a button, in the newer or (by type) the older way."""
        if action["type"] == "Action.Submit":
            return await self.bring(self.activity("message", conversation, value=action["data"], replyToId=shown.id, **values))
        value = {"action": {key: action[key] for key in ("type", "title", "verb", "data")}, "trigger": "manual"}
        made = self.activity("invoke", conversation, name="adaptiveCard/action", value=value, replyToId=shown.id)
        return await self.bring({**made, **values})
