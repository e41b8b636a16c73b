"""Telegram's HTML, read strictly."""

from __future__ import annotations

import html
import re

from tests.telegram.fake.refusals import check

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote", "tg-spoiler", "span"]
ATTRIBUTES = {"a": {"href"}, "span": {"class"}, "blockquote": {"expandable"}, "code": {"class"}}
ENTITY = r"&(?:\#\d+|\#x[0-9a-fA-F]+|lt|gt|amp|quot);"
ATTRIBUTE = rf"\s+([\w-]+)(?:=(\"(?:[^\"<>&]|{ENTITY})*\"|'(?:[^'<>&]|{ENTITY})*'))?"
TOKEN = re.compile(rf"<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<given>(?:{ATTRIBUTE})*)\s*>|{ENTITY}|(?P<bare>[<>&])|[^<>&]+")


def check_start(tag: str, attributes: str, outer: list[str], at: str) -> None:
    """Whether a tag may start inside the `outer` ones, with these attributes."""
    check(tag in TAGS, f'can\'t parse entities: Unsupported start tag "{tag}" {at}')
    given = {name: value[1:-1] for name, value in re.findall(ATTRIBUTE, attributes)}
    check(given.keys() <= ATTRIBUTES.get(tag, set()), f'can\'t parse entities: Unexpected attribute in the tag "{tag}" {at}')
    span = tag != "span" or given == {"class": "tg-spoiler"}
    check(span, f'can\'t parse entities: Tag "span" must have class "tg-spoiler" {at}')
    check(tag != "a" or given.get("href"), f'can\'t parse entities: Tag "a" must have a URL {at}')
    nested = (tag in ("a", "blockquote") and tag in outer) or "code" in outer or ("pre" in outer and tag != "code")
    check(not nested, f"can't parse entities: Tag {tag!r} can't be nested in {outer} {at}")


def plain_text(source: str) -> str:
    """The text of Telegram's HTML."""
    text, stack = "", list[str]()
    for token in TOKEN.finditer(source):
        at, tag = f"at byte offset {len(source[: token.start()].encode())}", (token["tag"] or "").lower()
        check(not token["bare"], f"can't parse entities: Character {token['bare']!r} must be escaped {at}")
        if not tag:
            text += html.unescape(token[0])
        elif not token["end"]:
            check_start(tag, token["given"], stack, at)
            stack.append(tag)
        else:
            check(stack, f"can't parse entities: Unexpected end tag {at}")
            open_tag = stack.pop()
            check(open_tag == tag, f'can\'t parse entities: Unmatched end tag {at}, expected "</{open_tag}>", found "</{tag}>"')
    check(not stack, f"can't parse entities: Can't find end tag corresponding to start tag {''.join(stack[-1:])!r}")
    return text
