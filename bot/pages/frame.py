"""What all pages have in common: the look, and headers that let nothing else in."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from starlette.responses import HTMLResponse

from bot.pages.addresses import Pages
from dialogs.texts import label

_STYLE = """
:root { color-scheme: light dark; --ink: #16202b; --ground: #fff; --soft: #46535f; --link: #0b5cad }
@media (prefers-color-scheme: dark) { :root { --ink: #eef2f5; --ground: #16202b; --soft: #b9c4ce; --link: #8cc2ff } }
body { margin: 0 auto; max-width: 40rem; padding: 1rem; background: var(--ground); color: var(--ink);
  font: 1.125rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.7rem; line-height: 1.25 }
h2 { font-size: 1.25rem; margin: 1.8rem 0 .4rem }
p { margin: .7rem 0 }
li { margin: .4rem 0 }
a { color: var(--link) }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.lead { font-size: 1.2rem }
footer { margin-top: 2.5rem; border-top: 1px solid var(--soft); padding-top: .6rem; color: var(--soft); font-size: 1rem }
"""
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = ("default-src 'none'", f"style-src 'sha256-{_HASH}'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'")
_HEADERS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "Cache-Control": "public, max-age=600",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page(pages: Pages, title: str, summary: str, body: Iterable[str], status: int = 200) -> HTMLResponse:
    """A whole page; `body` is HTML, title and summary are not."""
    name = label("page.name")
    called = title if title == name else f"{title} - {name}"
    head = (
        '<!doctype html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(called)}</title>",
        f'<meta name="description" content="{escape(summary)}">',
        f'<meta property="og:title" content="{escape(called)}">',
        f'<meta property="og:description" content="{escape(summary)}">',
        f"<style>{_STYLE}</style>\n</head>\n<body>",
    )
    links = f"{link(pages.home, name)} · {link(pages.privacy, label('page.privacy'))}"
    main = (f"<main>\n<h1>{escape(title)}</h1>", *body, f"</main>\n<footer>\n<p>{links}</p>\n</footer>\n</body>\n</html>\n")
    return HTMLResponse("\n".join((*head, *main)), status, _HEADERS)


def link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'
