"""Taking activities in and showing messages."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.attachments import Draw
from bot.channels.teams import extension
from bot.channels.teams.activity import CARD_ACTION, LINKS, QUERY, Activity, person, personal, text
from bot.channels.teams.answers import Answer, Answers, Repeats, refusal, with_card, with_text
from bot.channels.teams.cards import Card, Element, attachment, cards, open_url, summary
from bot.channels.teams.connector import Connector, Undeliverable
from bot.channels.teams.files import Files
from bot.channels.teams.incoming import NAME, conversation, incoming, reference, signature, team
from bot.channels.teams.sharing import Links
from bot.desk import Desk
from bot.events import Address, Incoming, Outgoing
from bot.pages.addresses import Pages
from dialogs.conversation import where
from dialogs.events import Left, Said
from dialogs.messages import Attachment, Message, offered
from dialogs.texts import label

log = logging.getLogger(__name__)


class Addresses(Protocol):
    """Where conversations are remembered."""

    async def keep_address(self, known: Address) -> None: ...
    async def address(self, conversation: str) -> dict[str, Any]: ...
    async def chat_of(self, person: str) -> str: ...
    async def threads_of(self, team: str) -> list[str]: ...


class Teams:
    """Open with `async with`; then `take` what Teams brings."""

    name = NAME
    links = True
    named = True

    def __init__(self, connector: Connector, addresses: Addresses, draw: Draw, files: Files, pages: Pages | None = None) -> None:
        self._connector = connector
        self._addresses = addresses
        self._draw = draw
        self.files = files
        self._pages = pages
        self._answers = Answers()
        self._repeats = Repeats()

    async def __aenter__(self) -> Teams:
        await self._connector.open()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._connector.close()

    async def ready(self) -> bool:
        """Whether Microsoft lets us send."""
        await self._connector.open()
        return True

    async def address(self, conversation: str) -> dict[str, Any]:
        return await self._addresses.address(conversation)

    # --- activities

    async def take(self, activity: Activity, desk: Desk) -> Answer | None:
        """Bring an activity to the desk. When this returns it is safe, and what it returns is to be answered at once:
        always something for a button or a search, None when no more than that it arrived is to be said.

        Raises NotImplementedError for a question of a kind that we do not know.
        """
        name = text(activity, "name") if text(activity, "type") == "invoke" else ""
        if name == QUERY:
            return await self._search(activity, desk)
        if name in LINKS:
            return await self._unfold(activity, desk)
        if text(activity, "type") == "invoke" and name != CARD_ACTION:
            raise NotImplementedError(name)
        event = incoming(activity)
        if event is None:
            return refusal() if name else None
        event = self._known(activity, event)
        expected = self._answers.expect(event.id) if name else None
        await self._remember(activity, event)
        await desk.receive([event, *await self._threads(activity, event)])
        return await self._answers.wait(expected) if expected else None

    def _known(self, activity: Activity, event: Incoming) -> Incoming:
        """The event under the id that it had when it came first."""
        mark = signature(activity, event.event)
        if isinstance(event.event, Left):
            self._repeats.forget(("joined", text(activity, "conversation", "id")))
        elif isinstance(event.event, Said):
            self._repeats.forget(("left", text(activity, "conversation", "id")))
        first = self._repeats.first(mark, event.id) if mark else event.id
        return replace(event, id=first, address={**event.address, "event": first})

    async def _remember(self, activity: Activity, event: Incoming) -> None:
        if isinstance(event.event, Left):
            return
        whose = person(activity) if personal(activity) else ""
        known = Address(event.conversation, reference(activity), event.at, whose, team(activity))
        await self._addresses.keep_address(known)

    async def _threads(self, activity: Activity, event: Incoming) -> list[Incoming]:
        """A team that removes the advisor removes it from every thread."""
        if not isinstance(event.event, Left) or not team(activity):
            return []
        names = await self._addresses.threads_of(team(activity))
        return [
            replace(event, id=f"{event.id}/{name}", conversation=name, address={}) for name in names if name != event.conversation
        ]

    async def _search(self, activity: Activity, desk: Desk) -> Answer:
        """What someone looks for while writing a message; a failure gives a sentence."""
        query, start = extension.asked(activity)
        try:
            chat = await self._addresses.chat_of(person(activity)) or conversation(activity)
            page = await desk.browse(chat, query, start, datetime.now(UTC))
            more = await desk.browse(chat, query, page.next, datetime.now(UTC)) if page.next else None
            entries = page.entries + (more.entries if more else ())
            return extension.answer(entries, self._links(text(activity, "recipient", "id")), start)
        except Exception as error:
            log.error("a list to pick from was not shown: %s", where(error))
            return extension.sentence("teams.search_failed")

    async def _unfold(self, activity: Activity, desk: Desk) -> Answer:
        """The chapter behind an address that someone writes in a message; for other addresses, or after a failure, nothing."""
        links = self._links(text(activity, "recipient", "id"))
        payload = self._pages.payload(text(activity, "value", "url")) if self._pages else ""
        try:
            found = (await desk.browse(conversation(activity), payload, 0, datetime.now(UTC))).entries if payload else ()
            return extension.results(found, links)
        except Exception as error:
            log.error("a link was not shown as a card: %s", where(error))
            return extension.results((), links)

    def _links(self, bot: str) -> Links:
        return Links(bot, self._pages)

    # --- messages

    async def show(self, outgoing: Outgoing) -> None:
        """Show messages in order; where we were removed or blocked, nothing more is tried."""
        address = outgoing.address
        try:
            for index, message in enumerate(outgoing.messages):
                first = len(offered(outgoing.messages[index + 1 :])) + 1
                await self._show(address, message, first)
        except Undeliverable as error:
            log.info("a message was not taken: %s", error)
        finally:
            self._answers.give(address.get("event", ""), with_text("teams.below"))

    async def _show(self, address: dict[str, Any], message: Message, first_number: int) -> None:
        if "service" not in address:
            raise Undeliverable("it is not known where the conversation is")
        file = None if message.drawn else message.attachment
        link = await self._link(address, file) if file else None
        shown = cards(message, self._links(address["bot"]), first_number, link)
        replaces = address.get("replaces", "") if message.in_place and len(shown) == 1 else ""
        self._answers.give(address.get("event", ""), with_card(shown[0]) if replaces else with_text("teams.below"))
        if replaces and await self._connector.update(address, replaces, _activity(message, shown[0])):
            return
        for card in shown:
            await self._connector.create(address, _activity(message, card))

    async def _link(self, address: dict[str, Any], file: Attachment) -> Element | None:
        """A button that opens a file; None when there is no file and the text goes alone."""
        self._answers.give(address.get("event", ""), with_text("teams.below"))
        await self._connector.typing(address)
        content = await self._draw(file)
        if content is None:
            return None
        return open_url(label(f"teams.open_{file.kind}"), self.files.keep(file.name, content))


def _activity(message: Message, card: Card) -> dict[str, Any]:
    return {"type": "message", "summary": summary(message), "attachments": [attachment(card)]}
