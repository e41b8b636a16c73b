"""Microsoft's own local client of Teams, the Agents Playground, in a browser without a screen, talking to the real program."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
from playwright.async_api import Locator, Page, ViewportSize, async_playwright, expect

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "playground"
CLIENT = FOLDER / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30.0
DESK = ViewportSize(width=1400, height=1000)
PHONE = ViewportSize(width=500, height=1600)
OURS = re.compile("TELEGRAM_|TEAMS_|PUBLIC_URL|DATABASE_URL|DATA_DIR|HOST|PORT")


def missing() -> str:
    """What is not on this machine, or nothing."""
    if not shutil.which("node"):
        return "node is not installed"
    if not CLIENT.is_file():
        return f"run npm ci in {FOLDER.relative_to(ROOT)}"
    return "" if CHROMIUM.is_file() else f"there is no {CHROMIUM}"


class Playground:
    """A person at the client."""

    def __init__(self, page: Page, bot: Process) -> None:
        self._page, self._bot = page, bot
        self.box = page.locator("[data-lexical-editor=true]").first  # in a channel: a new post

    def _cards(self, text: str) -> Locator:
        return self._page.locator(".ac-adaptiveCard", has_text=text)

    async def sees(self, text: str) -> None:
        """See a card with this text, old or new."""
        await expect(self._cards(text).last).to_be_visible()

    async def press(self, label: str, then: str) -> None:
        """Press the last button with this label, and see a text come."""
        await self._page.locator(".ac-adaptiveCard").get_by_role("button", name=label).last.click()
        await self.sees(then)

    async def type(self, text: str) -> None:
        await self.box.click()
        await self._page.keyboard.type(text)

    async def say(self, text: str, *then: str) -> None:
        """Send a text, and see each of the others come in a card that was not there before."""
        before = [await self._cards(one).count() for one in then]
        await self.type(text)
        await self._page.keyboard.press("Enter")
        for one, count in zip(then, before, strict=True):
            await expect(self._cards(one).nth(count)).to_be_visible()

    async def mention(self, name: str) -> None:
        await self.type("@")
        await self._page.get_by_role("menuitem", name=name).click()
        await expect(self.box).to_contain_text(name)

    async def chat(self, name: str) -> None:
        await self._page.get_by_text(name, exact=True).click()

    async def search(self, words: str, result: str) -> None:
        """Search with the message extension, and pick: the card comes in the box."""
        await self._page.get_by_role("button", name="Trigger Message Extension App").click()
        await self._page.get_by_role("menuitem", name="Search Command").click()
        await self._page.get_by_placeholder("Enter a search term").fill(words)
        await self._page.get_by_text(result, exact=True).click()
        await expect(self.box.locator(".ac-adaptiveCard")).to_be_visible()

    async def send(self) -> None:
        await self._page.get_by_role("button", name="Send Message").click()
        await expect(self.box.locator(".ac-adaptiveCard")).to_have_count(0)

    async def post(self, text: str, then: str) -> None:
        """Send a text in a channel, and see another come under it."""
        await self.type(text)
        await self._page.get_by_role("button", name="Post", exact=True).click()
        await self.sees(then)

    async def fetch(self, label: str) -> bytes:
        """Press a button that opens an address, and fetch what is there."""
        await self._page.evaluate("window.open = (url) => { window.opened = url }")
        await self._page.locator(".ac-adaptiveCard").get_by_text(label).last.click()
        address = await self._page.evaluate("window.opened")
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(address)).raise_for_status().content

    async def photograph(self, name: str) -> None:
        """A picture of the page, and of it on a phone, where the list of chats slides away."""
        folder = os.environ.get("PLAYGROUND_SHOTS")
        if not folder:
            return
        await self._picture(Path(folder) / f"{name}.png")
        await self._page.set_viewport_size(PHONE)
        await expect(self._page.get_by_role("treeitem", name="Personal Chat")).not_to_be_in_viewport()
        await self._picture(Path(folder) / f"{name}-phone.png")
        await self._page.set_viewport_size(DESK)

    async def _picture(self, path: Path) -> None:
        await self._page.locator(".ac-adaptiveCard").last.scroll_into_view_if_needed()
        await self._page.screenshot(path=path)

    async def check(self) -> None:
        """Nothing was refused, on either side."""
        await expect(self._page.locator("body")).to_contain_text("message 201")
        log = await self._page.locator("body").inner_text()
        assert re.findall(r"\b(?:message|invoke|\w+Update) [45]\d\d\b.*", log) == []
        assert [line for line in self._bot.lines if " ERROR " in line or "Traceback" in line] == []


@asynccontextmanager
async def playground(folder: Path) -> AsyncIterator[Playground]:
    """The program and the client, each a process of its own with its files in the folder, and a page that is connected."""
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("127.0.0.1", 0)) as another:
        port, wish = free.getsockname()[1], another.getsockname()[1]
    home = {name: value for name, value in os.environ.items() if not OURS.match(name)} | {"HOME": str(folder)}
    settings = {"TEAMS_ANONYMOUS_LOCAL": "yes", "PORT": str(port), "DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m", "bot", "serve"]
    client = [
        "node",
        str(CLIENT),
        "start",
        "-e",
        f"http://127.0.0.1:{port}/api/messages",
        "-c",
        "msteams",
        "-p",
        str(wish),
        "--dt",
    ]
    async with _process(program, home | settings, folder) as bot, _process(client, home, folder) as shown:
        await bot.says("listening on")
        heard = re.search(r"\d+$", await shown.says("Listening on"))
        assert heard
        async with async_playwright() as driver, await driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS) as browser:
            page = await browser.new_page(viewport=DESK)
            page.set_default_timeout(PATIENCE * 1000)
            expect.set_options(timeout=PATIENCE * 1000)
            await page.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: route.abort())
            await page.goto(f"http://127.0.0.1:{heard[0]}/", wait_until="domcontentloaded")
            yield Playground(page, bot)


class Process:
    """A process whose lines are read as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._news = asyncio.Condition()
        self._ended = False

    async def read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            await self._add(line.decode(errors="replace").rstrip())
        self._ended = True
        await self._add("(end)")

    async def says(self, text: str) -> str:
        """The line with this text, when it comes; without patience for a process that ended."""

        def said() -> bool:
            return self._ended or any(text in line for line in self.lines)

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(said), PATIENCE)
        found = [line for line in self.lines if text in line]
        assert found, "\n".join(self.lines)
        return found[0]

    async def _add(self, line: str) -> None:
        async with self._news:
            self.lines.append(line)
            self._news.notify_all()


@asynccontextmanager
async def _process(command: list[str], environment: dict[str, str], folder: Path) -> AsyncIterator[Process]:
    """Ends with the block."""
    pipe, same = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
    running = await asyncio.create_subprocess_exec(*command, env=environment, cwd=folder, stdout=pipe, stderr=same)
    assert running.stdout
    process = Process()
    reading = asyncio.create_task(process.read(running.stdout))
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            running.terminate()
        try:
            await asyncio.wait_for(running.wait(), PATIENCE)
        except TimeoutError:
            running.kill()
            await running.wait()
        await reading
