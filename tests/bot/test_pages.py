"""The public pages: chapters to read without a chat, and what this is and keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import httpx
import pytest

from bot.pages.addresses import Pages
from bot.pages.routes import routes
from bot.server import app
from knowledge.model import Almanac

BASE = "https://stap.example/onder"
VOID = {"meta", "br", "hr", "link"}


@dataclass
class Html(HTMLParser):
    """What a page holds; `problems` says where it is not well nested."""

    page: str
    headings: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.page)
        self.problems += [f"{tag} is not closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.problems += [f"{tag} has {name}" for name, _ in attrs if name.startswith("on") or name in ("style", "src")]

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.problems.append(f"{tag} is closed in the wrong place")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("h1", "h2"):
            self.headings.append(data)


def _client(almanac: Almanac, talk: bool = False) -> httpx.AsyncClient:
    made = routes(almanac, BASE, 365, (lambda payload: f"https://t.me/stap?start={payload}") if talk else None)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app(made, {})), base_url="https://stap.example")


async def test_every_chapter_is_a_sound_page(almanac: Almanac) -> None:
    async with _client(almanac) as client:
        for chapter in almanac.chapters.values():
            answer = await client.get(f"/hoofdstuk/{chapter.id}")
            read = Html(answer.text)
            assert answer.status_code == 200
            assert read.problems == []
            assert read.headings[0] == chapter.title
            assert {"script", "img", "form", "iframe"}.isdisjoint(read.tags)
            for name in chapter.further.chapters:
                assert f"{BASE}/hoofdstuk/{name}" in read.links


async def test_a_chapter_says_all_that_the_chat_says(almanac: Almanac) -> None:
    async with _client(almanac) as client:
        answer = await client.get("/hoofdstuk/webcare-organiseren")
    page = answer.text
    for heading in ("Waarom nu", "Zo pakt u het aan", "Valkuil", "Vooral voor", "In de boeken", "Van wie is dit", "Lees ook"):
        assert f"<h2>{heading}</h2>" in page
    assert "Tel twee weken lang" in page
    assert "Ons eigen advies uit 2026" in page
    assert '<html lang="nl">' in page
    assert "t.me" not in page


async def test_only_our_own_style_may_run(almanac: Almanac) -> None:
    async with _client(almanac) as client:
        answer = await client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "Set-Cookie" not in answer.headers


async def test_the_advisor_is_a_link_away_where_everybody_can_follow_one(almanac: Almanac) -> None:
    async with _client(almanac, talk=True) as client:
        assert (
            "https://t.me/stap?start=c_webcare-organiseren"
            in Html((await client.get("/hoofdstuk/webcare-organiseren")).text).links
        )
        assert "https://t.me/stap?start=vraag" in Html((await client.get("/")).text).links


async def test_a_chapter_under_an_old_name_is_found(almanac: Almanac) -> None:
    renamed = replace(almanac, formerly={("chapter", "oud"): "webcare-organiseren"})
    async with _client(renamed) as client:
        answer = await client.get("/hoofdstuk/oud")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{BASE}/hoofdstuk/webcare-organiseren"


@pytest.mark.parametrize("name", ["bestaat-niet", "%3Cscript%3E", "..%2F..%2Fetc", "a" * 5000])
async def test_an_unknown_chapter_is_said_in_dutch(almanac: Almanac, name: str) -> None:
    async with _client(almanac) as client:
        answer = await client.get(f"/hoofdstuk/{name}")
    assert answer.status_code == 404
    if "%2F" not in name:
        assert "Dit hoofdstuk is er niet" in answer.text
        assert "<script" not in answer.text


async def test_what_the_content_holds_is_escaped(almanac: Almanac) -> None:
    chapter = almanac.chapters["webcare-organiseren"].model_copy(
        update={"title": "<b>\"'&", "why": "<script>x</script> **vet** [a](https://x)"}
    )
    async with _client(replace(almanac, chapters={**almanac.chapters, chapter.id: chapter})) as client:
        page = (await client.get(f"/hoofdstuk/{chapter.id}")).text
    assert Html(page).problems == []
    assert "<script" not in page
    assert "&lt;script&gt;x&lt;/script&gt; **vet** [a](https://x)" in page


async def test_the_first_page_and_privacy_say_what_this_is_and_keeps(almanac: Almanac) -> None:
    async with _client(almanac) as client:
        home, privacy = (await client.get("/")).text, (await client.get("/privacy")).text
    assert "Ik ben een programma, geen mens" in home
    assert f"{BASE}/privacy" in Html(home).links
    assert "Hoor ik 365 dagen niets van u" in privacy
    assert "geen cookies" in privacy
    assert Html(home).problems == Html(privacy).problems == []


@pytest.mark.parametrize(
    ("url", "payload"),
    [
        (f"{BASE}/hoofdstuk/webcare-organiseren", "c_webcare-organiseren"),
        ("HTTPS://Stap.Example/onder/hoofdstuk/webcare-organiseren/?x=1#y", "c_webcare-organiseren"),
        (f"{BASE}/hoofdstuk/", ""),
        (f"{BASE}/privacy", ""),
        ("https://stap.example/hoofdstuk/webcare-organiseren", ""),
        ("https://stap.example.evil/onder/hoofdstuk/x", ""),
        ("https://a@stap.example/onder/hoofdstuk/x", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_addresses_are_read_back(url: str, payload: str) -> None:
    pages = Pages(BASE)
    assert pages.payload(url) == payload
    assert not payload or pages.payload(pages.of(payload)) == payload


def test_a_shared_advice_has_no_page() -> None:
    assert Pages(BASE).of("a_geheim") == ""
