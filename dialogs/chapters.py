"""Reading: a chapter page by page, the chapters that fit, the table of contents, and answers to free questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace

from dialogs import scan, sharing
from dialogs.messages import Button, Markdown, Message, bullets, numbers, paragraphs, rows
from dialogs.result import advice_of, known
from dialogs.texts import label, listing, say
from dialogs.turn import Handler, Turn
from dialogs.unanswered import without_personal
from dialogs.wording import may_be_answer, negated, open_to_answers
from knowledge.advice import Suggestion
from knowledge.model import Almanac, Chapter, Reference
from knowledge.search import Found, SearchResult, alike, search, vocabulary

LONG, LONGEST = 150, 1000
LISTED = 10
TELLING = 4


def ask_freely(turn: Turn, question: str) -> list[Message]:
    """Answer a free question: with a chapter, with "bedoelt u", or by saying that it is not covered."""
    parts = (question[:LONGEST], _asking(question)) if len(question) > LONG else (question,)
    results = [search(turn.almanac, part, role=turn.role(), phase=_phase(turn)) for part in parts]
    result = max(results, key=lambda result: result.sure)
    if may_be_answer(turn, question) and (not_sure := _not_an_answer(turn, question, result)):
        return turn.go_on(echo=not_sure)
    _keep_reasons(turn, result)
    if result.outcome == "choice":
        return _choice(turn, result)
    if result.outcome == "none":
        turn.gap = without_personal(question, vocabulary(turn.almanac))
        return turn.aside(_not_covered(turn, result))
    return turn.aside(_answer(turn.almanac, result))


def _asking(story: str) -> str:
    """The sentence of a long story that asks, or else its last one: what goes before seldom tells what someone wants to know."""
    sentences = re.split(r"(?<=[.!?])\s+", story[-LONGEST:])
    return next((sentence for sentence in reversed(sentences) if sentence.endswith("?")), sentences[-1])


def _keep_reasons(turn: Turn, result: SearchResult) -> None:
    """What the shown chapters were found by, for who asks why; the question itself is not kept."""
    shown = {"answer": result.answers, "choice": result.asked, "none": result.near}.get(result.outcome, ())
    reasons = {found.chapter.title: _matched(found) for found in shown}
    if reasons:
        turn.set("found", json.dumps(reasons, ensure_ascii=False))
    else:
        turn.drop("found")


def why(turn: Turn) -> list[Message]:
    """For each chapter that the last question found, the words that led to it."""
    reasons = json.loads(turn.get("found") or "{}")
    if not reasons:
        return turn.go_on()
    lines = [label("search.why_each", title=title, words=words) for title, words in reasons.items()]
    return turn.aside(Message(paragraphs(say("search.why_all"), bullets(lines), say("search.why_order"))))


def _not_an_answer(turn: Turn, text: str, result: SearchResult) -> Markdown | None:
    """What to say to a few words that are no question, while something is being asked: better than a far-fetched chapter."""
    if open_to_answers(turn):
        return say("scan.unclear") if result.outcome != "answer" or negated(text) else None
    if turn.lacks_role():
        return say("welcome.which_role") if result.outcome == "none" else None
    return say("welcome.which_subject") if result.outcome != "answer" else None


def _phase(turn: Turn) -> int | None:
    return turn.placement().lowest if known(turn) else None


def _answer(almanac: Almanac, result: SearchResult) -> Message:
    best, *others = result.answers
    also = [_open_button(found.chapter, label("search.also", title=found.chapter.title)) for found in others]
    text = paragraphs(_head(almanac, best.chapter), _why(best))
    return Message(text, (*_chapter_buttons(best.chapter), *rows(also)))


def _choice(turn: Turn, result: SearchResult) -> list[Message]:
    """The chapters that may be meant. An open question of the scan comes back below them, and a number answers that."""
    buttons = [_open_button(found.chapter, found.chapter.title, _line(found.chapter)) for found in result.asked]
    shown = (*rows(buttons), (Button(label("button.neither"), "neither"),))
    if open_to_answers(turn):
        return turn.aside(Message(say("search.choice_aside"), shown))
    return [Message(say("search.choice"), shown)]


def _not_covered(turn: Turn, result: SearchResult) -> Message:
    near = [_open_button(found.chapter, found.chapter.title) for found in result.near]
    key = "search.none_near" if near else "search.none"
    return Message(say(key), (*rows(near), (Button(label("button.contents"), "contents"),)))


def neither(turn: Turn) -> list[Message]:
    return turn.aside(Message(say("search.neither"), ((Button(label("button.contents"), "contents"),),)))


def _why(found: Found) -> Markdown:
    matched = _matched(found)
    return say("search.why", words=matched) if matched else Markdown("")


def _matched(found: Found) -> str:
    """Which words of the question led to a chapter, the most telling first, and how when they are not the same."""
    words = [label(f"search.how_{match.how}", word=match.asked, found=match.found) for match in found.matches]
    return listing(list(dict.fromkeys(words))[:TELLING])


# --- One chapter


def _open_button(chapter: Chapter | Reference, text: str, detail: str = "") -> Button:
    return Button(text, f"{'chapter' if isinstance(chapter, Chapter) else 'reference'}:{chapter.id}", detail)


def _line(chapter: Chapter | Reference) -> str:
    return chapter.line if isinstance(chapter, Chapter) else label("reference.line", book=chapter.book)


def _head(almanac: Almanac, chapter: Chapter | Reference) -> Markdown:
    if isinstance(chapter, Reference):
        return _reference(almanac, chapter)
    return paragraphs(say("chapter.title", title=chapter.title), say("plain.text", text=chapter.summary))


def _chapter_buttons(chapter: Chapter | Reference) -> tuple[tuple[Button, ...], ...]:
    if isinstance(chapter, Reference):
        return ()
    return ((Button(label("button.read"), f"read:{chapter.id}:1"), _share_button(chapter)),)


def _share_button(chapter: Chapter) -> Button:
    return Button(label("button.share"), f"share:chapter:{chapter.id}", pass_on=sharing.pass_chapter(chapter))


def chapter(turn: Turn, name: str = "") -> list[Message]:
    """The summary, with the way into the text."""
    found = turn.almanac.chapters.get(turn.almanac.today("chapter", name))
    if found is None:
        return turn.go_on(echo=say("chapter.gone"))
    role = turn.role()
    for_you = say("chapter.for_you", role=turn.almanac.roles[role].name) if role and role in found.roles else Markdown("")
    return turn.aside(Message(paragraphs(_head(turn.almanac, found), for_you), _chapter_buttons(found)))


def read(turn: Turn, name: str = "", page: str = "1") -> list[Message]:
    """One of the three pages of a chapter: why and how; pitfall, people and result; further reading."""
    found = turn.almanac.chapters.get(turn.almanac.today("chapter", name))
    pages = {"1": _first_page, "2": _second_page, "3": _last_page}
    if found is None or page not in pages:
        return turn.go_on(echo=say("chapter.gone"))
    return [pages[page](turn.almanac, found, _way_out(turn))]


def _way_out(turn: Turn) -> Button:
    """Where to go after reading: the outcome, the open scan, or the other chapters."""
    if scan.in_progress(turn):
        return Button(label("button.scan_on"), "resume")
    return Button(label("button.outcome"), "next-step") if turn.scan() else Button(label("button.contents"), "contents")


def _first_page(almanac: Almanac, found: Chapter, out: Button) -> Message:
    text = paragraphs(
        say("chapter.title", title=found.title), say("chapter.why", text=found.why), say("chapter.how"), numbers(found.how)
    )
    return Message(text, ((Button(label("button.read"), f"read:{found.id}:2"),), (out,)))


def _second_page(almanac: Almanac, found: Chapter, out: Button) -> Message:
    text = paragraphs(
        say("chapter.title", title=found.title),
        say("chapter.pitfall", text=found.pitfall),
        say("chapter.people", text=found.people),
        say("chapter.result", text=found.result),
    )
    turn_page = (Button(label("button.read"), f"read:{found.id}:3"), Button(label("button.earlier"), f"read:{found.id}:1"))
    return Message(text, (turn_page, (out,)))


def _last_page(almanac: Almanac, found: Chapter, out: Button) -> Message:
    further = found.further
    books = [citation(almanac, almanac.references[name]) for name in further.references]
    text = paragraphs(
        say("chapter.title", title=found.title),
        say("chapter.laws", laws=listing(list(further.laws))) if further.laws else "",
        paragraphs(say("chapter.books"), bullets(books)) if books else "",
        say("chapter.basis", basis=found.basis),
        say("chapter.related") if further.chapters else "",
    )
    related = [_open_button(almanac.chapters[name], almanac.chapters[name].title) for name in further.chapters]
    last = (Button(label("button.more_like"), f"more:{found.id}"), _share_button(found))
    return Message(text, (*rows(related), last, (Button(label("button.earlier"), f"read:{found.id}:2"), out)))


def citation(almanac: Almanac, reference: Reference) -> str:
    """Authors, title, book, year and page of a chapter of one of the books, as far as they are known."""
    book = almanac.books[reference.book]
    authors = f"{listing(list(reference.authors))}: " if reference.authors else ""
    page = f", p. {reference.page}" if reference.page else ""
    return f"{authors}“{reference.title}”. {book.title} ({book.year}){page}"


def _reference(almanac: Almanac, found: Reference) -> Markdown:
    gist = say("plain.text", text=found.gist) if found.gist else say("reference.title_only")
    phase = (
        say("reference.phase", phase=found.phase)
        if found.phase
        else say("reference.phase_ours", phase=found.ours.phase)
        if found.ours.phase
        else Markdown("")
    )
    return paragraphs(say("chapter.title", title=found.title), say("plain.text", text=citation(almanac, found)), gist, phase)


def reference(turn: Turn, name: str = "") -> list[Message]:
    """What is known of a chapter of one of the books."""
    found = turn.almanac.references.get(turn.almanac.today("reference", name))
    if found is None:
        return turn.go_on(echo=say("chapter.gone"))
    return turn.aside(Message(_reference(turn.almanac, found)))


def more(turn: Turn, name: str = "") -> list[Message]:
    """Chapters like this one."""
    found = turn.almanac.chapters.get(turn.almanac.today("chapter", name))
    if found is None:
        return turn.go_on(echo=say("chapter.gone"))
    return [_list(say("chapter.like", title=found.title), alike(turn.almanac, found))]


# --- Lists


def _list(text: Markdown, found: Iterable[Chapter]) -> Message:
    return Message(text, rows(_open_button(chapter, chapter.title, chapter.line) for chapter in found))


def suggested(turn: Turn) -> list[Message]:
    """The chapters that fit the outcome and the role; without an outcome, the table of contents."""
    if not known(turn):
        return contents(turn)
    suggestions = advice_of(turn, turn.placement()).chapters
    buttons = [_open_button(s.chapter, s.chapter.title, reason(turn.almanac, s)) for s in suggestions]
    return [
        Message(
            say("chapter.for_outcome"),
            (*rows(buttons), (Button(label("button.contents"), "contents"), Button(label("button.outcome"), "next-step"))),
        )
    ]


def fitting(turn: Turn) -> list[Chapter | Reference]:
    """The chapters of the advice; without an outcome none."""
    if not known(turn):
        return []
    return [suggestion.chapter for suggestion in advice_of(turn, turn.placement()).chapters]


def reason(almanac: Almanac, suggestion: Suggestion) -> str:
    """Why a chapter is suggested, in a few words."""
    if suggestion.reason == "book":
        assert isinstance(suggestion.chapter, Reference)
        return label("why.book", book=almanac.books[suggestion.chapter.book].title.partition(".")[0])
    step = suggestion.step.title if suggestion.step else ""
    return label(f"why.{suggestion.reason}" if step or suggestion.reason == "phase" else "why.level", step=step)


def contents(turn: Turn) -> list[Message]:
    """What the almanac is about: the facets, each leading to its chapters."""
    buttons = [Button(facet.name, f"facet:{facet.id}") for facet in turn.almanac.facets.values()]
    return [Message(say("chapter.contents", count=len(turn.almanac.chapters)), rows(buttons, 2))]


def of_facet(turn: Turn, name: str = "", start: str = "0") -> list[Message]:
    """The chapters about a facet, those for the person's role first, ten at a time."""
    facet = turn.almanac.facets.get(turn.almanac.today("facet", name))
    if facet is None or not start.isdecimal():
        return turn.go_on(echo=say("chapter.gone"))
    about = [chapter for chapter in turn.almanac.chapters.values() if facet.id in chapter.facets]
    role = turn.role()
    about.sort(key=lambda chapter: (chapter.facets[0] != facet.id, role not in chapter.roles, chapter.phase))
    end = int(start) + LISTED
    listed = _list(say("chapter.of_facet", name=facet.name), about[int(start) : end])
    further = ((Button(label("button.further"), f"facet-on:{facet.id}:{end}"),),) if about[end:] else ()
    return [replace(listed, buttons=(*listed.buttons, *further))]


ACTIONS: dict[str, Handler] = {
    "chapter": chapter,
    "reference": reference,
    "read": read,
    "more": more,
    "chapters": suggested,
    "contents": contents,
    "facet": of_facet,
    "facet-on": of_facet,
    "neither": neither,
    "why": why,
}
