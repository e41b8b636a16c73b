"""What a person sees: messages, and what was answered to an inline query."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.telegram.fake.refusals import Json

File = tuple[str, bytes]


@dataclass
class Shown:
    """A message as the person sees it; a button that does not call back has no data. `raw` is as in the API."""

    message_id: int
    text: str
    html: str
    buttons: list[list[tuple[str, str]]]
    edits: int = 0
    raw: Json = field(default_factory=dict, repr=False)
    file: File | None = field(default=None, repr=False)  # the name and the bytes of what was uploaded

    def show(self, rows: list[list[Json]], name: str, words: tuple[str, str] | None) -> Json:
        """Put the words under `name`, and the buttons, into the message."""
        self.text, self.html = words or (self.text, self.html)
        self.buttons = [[(button["text"], button.get("callback_data", "")) for button in row] for row in rows]
        new = self.raw | {name: self.text, "reply_markup": {"inline_keyboard": rows} if rows else None}
        self.raw = {key: value for key, value in new.items() if value}
        return self.raw


@dataclass
class InlineAnswer:
    """What the bot answered to an inline query."""

    results: list[Json]
    next_offset: str
    cache_time: int
    is_personal: bool
    button: Json | None
