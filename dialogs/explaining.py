"""Behind the outcome: why this phase, the profile in words and as a picture, and the report to pass on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from dialogs import levels
from dialogs.messages import Attachment, Button, Drawn, Markdown, Message, bullets, paragraphs, rows
from dialogs.result import advice_of, known, next_step
from dialogs.texts import label, listing, say
from dialogs.turn import Handler, Turn
from knowledge.model import Almanac
from knowledge.placement import Placement, evidence, smallest_change


def explain(turn: Turn) -> list[Message]:
    """The rule, the answers it used, what it could not know, and the smallest change for the next phase."""
    if not known(turn):
        return next_step(turn)
    almanac, placement = turn.almanac, turn.placement()
    phase = almanac.phase(placement.lowest)
    parts = [say("explain.rule"), say("plain.text", text=placement.rule.because), *_counts(almanac, placement)]
    if placement.assumed:
        parts.append(say("explain.unknown", names=_names(almanac, placement.assumed)))
    parts.append(_smallest(almanac, placement))
    parts.append(say("explain.phase", verb=phase.verb, summary=phase.summary, certainty=phase.certainty_note))
    buttons = (
        Button(label("button.profile"), "profile"),
        Button(label("button.change"), "change"),
        Button(label("button.outcome"), "next-step"),
    )
    return [Message(paragraphs(*parts), rows(buttons, 2))]


def _names(almanac: Almanac, facets: tuple[str, ...]) -> str:
    return listing([almanac.facets[facet].name for facet in facets])


def _counts(almanac: Almanac, placement: Placement) -> list[Markdown]:
    lines = []
    for found in evidence(almanac, placement):
        where = (
            label("explain.all")
            if found.selection == "all"
            else label("explain.group", name=almanac.dimensions[found.selection].name)
        )
        lines.append(
            label(
                "explain.count",
                where=where,
                reached=len(found.reached),
                applying=found.applying,
                level=found.level,
                needed=found.needed,
                names=_names(almanac, found.reached) or "geen",
            )
        )
    return [bullets(lines)] if lines else []


def _smallest(almanac: Almanac, placement: Placement) -> Markdown:
    change = smallest_change(almanac, placement)
    if not change:
        return Markdown("")
    lines = [label("explain.raise", name=almanac.facets[c.facet].name, start=c.from_level, to=c.to_level) for c in change]
    return paragraphs(say("explain.smallest", phase=placement.lowest + 1), bullets(lines))


def profile(turn: Turn) -> list[Message]:
    """Every facet with its level, in the two groups."""
    if not known(turn):
        return next_step(turn)
    placement = turn.placement()
    drawn = Drawn(say("profile.title"), levels.groups(turn.almanac, placement, advice_of(turn, placement)), Markdown(""))
    text = paragraphs(say("profile.title"), *profile_lines(turn.almanac, turn.all_given()))
    buttons = (Button(label("button.change"), "change"), Button(label("button.outcome"), "next-step"))
    picture = Attachment("picture", label("profile.file"), _to_make(turn))
    return [Message(text, (buttons,), attachment=picture, drawn=drawn)]


def profile_lines(almanac: Almanac, given: Mapping[str, str]) -> Iterable[Markdown]:
    """The ten facets with the answer on each, in their two groups."""
    for dimension in almanac.dimensions.values():
        facets = [facet for facet in almanac.facets.values() if facet.dimension == dimension.id]
        yield say("profile.group", name=dimension.name)
        yield bullets(f"{facet.name}: {_level(given.get(facet.id, 'open'))}" for facet in facets)


def _level(value: str) -> str:
    if value.isdigit():
        return label("profile.level", bar="■" * int(value) + "□" * (4 - int(value)), level=value)
    return label(f"profile.{value.replace('-', '_')}")


def report(turn: Turn) -> list[Message]:
    """The advice as a document to pass on."""
    if not known(turn):
        return next_step(turn)
    document = Attachment("report", label("report.file", day=f"{turn.context.at:%Y-%m-%d}"), _to_make(turn))
    return [Message(say("report.here"), ((Button(label("button.outcome"), "next-step"),),), attachment=document)]


def _to_make(turn: Turn) -> str:
    """What a picture or report needs to know, as JSON."""
    return json.dumps(
        {
            "answers": turn.answers(),
            "role": turn.role(),
            "ambition": int(turn.get("ambition") or 0) or None,
            "subject": turn.get("subject"),
            "name": turn.get("name"),
            "at": turn.context.at.isoformat(),
        },
        ensure_ascii=False,
    )


ACTIONS: dict[str, Handler] = {"explain": explain, "profile": profile, "report": report}
