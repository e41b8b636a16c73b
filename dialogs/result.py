"""The outcome: phase and why, the steps, the roadmap, another ambition."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from dialogs import scan
from dialogs.messages import Attachment, Button, Markdown, Message, bullets, numbers, paragraphs, rows
from dialogs.texts import count, day, label, listing, say
from dialogs.turn import Handler, Turn
from knowledge.advice import Advice, Planned, advise
from knowledge.model import Almanac, Benchmark, Facet, Step
from knowledge.placement import Placement, evidence, smallest_change


def advice_of(turn: Turn, placement: Placement) -> Advice:
    ambition = turn.get("ambition")
    return advise(turn.almanac, placement, int(ambition) if ambition else None, turn.role())


def known(turn: Turn) -> bool:
    """Whether there is an outcome: the scan is done, and something in it applies."""
    return bool(turn.scan()) and scan.finished(turn) and len(turn.placement().not_applicable) < len(turn.almanac.facets)


def show(turn: Turn) -> Message:
    """The whole outcome in one message, with the first steps as buttons. Also keeps it as it was given."""
    if not known(turn):
        return _no_phase()
    placement = turn.placement()
    advice = advice_of(turn, placement)
    _keep(turn, placement, advice)
    now = [planned for planned in advice.steps if planned.when == "now"]
    text = paragraphs(
        headline(turn, placement),
        say("plain.text", text=placement.rule.because),
        _caution(turn.almanac, placement),
        _since_last_time(turn),
        _together(turn),
        _tip(turn),
        _unsure(turn.almanac, now),
        _steps_intro(turn, advice),
    )
    return Message(text, (*rows(_step_button(turn.almanac, planned) for planned in now), *_more(placement, advice)))


def _no_phase() -> Message:
    """Nothing in the scan applies; other answers, another scan or reading are the ways on."""
    ways = (
        Button(label("button.change"), "change"),
        Button(label("button.restart"), "restart:yes"),
        Button(label("button.contents"), "contents"),
    )
    return Message(say("result.none"), rows(ways))


def _unsure(almanac: Almanac, steps: Sequence[Planned]) -> Markdown:
    """On which facets the steps rest that were not known."""
    names = list(dict.fromkeys(almanac.facets[planned.step.facet].name for planned in steps if planned.assumed))
    return say("result.assumed", names=listing(names)) if names else Markdown("")


def headline(turn: Turn, placement: Placement) -> Markdown:
    """`Uw afdeling experimenteert. Dat is fase 2 van 4.`"""
    subject = turn.get("name") or label(f"result.{turn.get('subject') or 'organisation'}")
    said = verdict(turn.almanac, subject, placement.lowest, placement.highest)
    if not placement.certain:
        key = "result.uncertain" if placement.highest - placement.lowest == 1 else "result.unsure"
        return paragraphs(said, say(key, unknown=count(len(placement.unknown), "vraag", "vragen"), number=placement.lowest))
    if placement.open:
        return Markdown(f"{said}\n{say('result.early', asked=len(turn.almanac.questions) - len(placement.open))}")
    return said


def verdict(almanac: Almanac, subject: str, lowest: int, highest: int) -> Markdown:
    """The phase in a sentence, or those that are possible."""
    low, high = almanac.phase(lowest), almanac.phase(highest)
    if highest - lowest > 1:
        within = subject[0].lower() + subject[1:] if subject.startswith(("Uw ", "Deze ")) else subject
        return say("result.range", subject=within, number=lowest, other=highest)
    key = "result.certain" if lowest == highest else "result.between"
    return say(key, subject=subject, verb=low.verb, number=low.number, other=high.number, other_verb=high.verb)


def _since_last_time(turn: Turn) -> Markdown:
    """What changed since the outcome before this one, for the facets that were answered with a level both times."""
    earlier = turn.facts.get(f"result:{turn.scan() - 1}")
    if earlier is None:
        return Markdown("")
    before = json.loads(earlier.value)["answers"]
    changes = [
        label("result.change", name=facet.name, before=was, after=now)
        for facet in turn.almanac.facets.values()
        if (now := turn.given(facet.id)) and (was := _level_then(before, facet)) and now.isdigit() and was != now
    ]
    return paragraphs(
        say("result.since", day=day(earlier.at), year=earlier.at.year), bullets(changes) if changes else say("result.no_change")
    )


def _level_then(answers: Mapping[str, str], facet: Facet) -> str:
    value = next((answers[name] for name in (facet.id, *facet.formerly) if name in answers), "")
    return value if value.isdigit() else ""


def _together(turn: Turn) -> Markdown:
    """In a group: how many people answered."""
    people = sum(name.startswith("took_part:") for name in turn.facts)
    return say("group.together", people=count(people, "persoon", "mensen")) if people else Markdown("")


def _caution(almanac: Almanac, placement: Placement) -> Markdown:
    """What the outcome leaves out."""
    if not placement.not_applicable:
        return Markdown("")
    names = [almanac.facets[facet].name for facet in placement.not_applicable]
    return say("result.left_out", names=listing(names))


def _steps_intro(turn: Turn, advice: Advice) -> Markdown:
    if not advice.steps:
        return say("result.no_steps")
    return say(
        "result.reached" if advice.reached else "result.steps", wanted=advice.wanted, verb=turn.almanac.phase(advice.wanted).verb
    )


def _tip(turn: Turn) -> Markdown:
    role = turn.role()
    return say("result.tip", tip=turn.almanac.roles[role].tip) if role else Markdown("")


def _step_button(almanac: Almanac, planned: Planned, key: str = "result.step_line") -> Button:
    step = planned.step
    facet, effort = almanac.facets[step.facet].name, label(f"effort.{step.effort}")
    return Button(step.title, f"step:{step.id}", label(key, facet=facet, effort=effort))


def _more(placement: Placement, advice: Advice) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(label("button.why"), "explain"), Button(label("button.chapters"), "chapters")]
    if len(advice.steps) > len(advice.now()):
        buttons.append(Button(label("button.roadmap"), "roadmap"))
    buttons += [Button(label("button.share"), "share"), Button(label("button.report"), "report")]
    if placement.lowest < 4:
        buttons.append(Button(label("button.ambition"), "ambition"))
    buttons.append(Button(label("button.remind"), "remind"))
    buttons.append(Button(label("button.menu"), "menu"))
    left = len(placement.open)
    rest = ((Button(label("button.rest", left=count(left, "vraag", "vragen")), "rest"),),) if left else ()
    return (*rest, *rows(buttons, 2))


def _keep(turn: Turn, placement: Placement, advice: Advice) -> None:
    """Keep the outcome as it was given, with the version of the model."""
    given = {facet: value for facet in turn.almanac.facets if (value := turn.given(facet))}
    outcome = {
        "version": turn.almanac.version,
        "subject": turn.get("subject"),
        "name": turn.get("name"),
        "lowest": placement.lowest,
        "highest": placement.highest,
        "answers": given,
        "now": [step.id for step in advice.now()],
    }
    turn.set(f"result:{turn.scan()}", json.dumps(outcome, ensure_ascii=False))


def next_step(turn: Turn) -> list[Message]:
    """The steps when there is an outcome, and otherwise the way to one."""
    if turn.scan() and scan.finished(turn):
        return turn.go_on()
    if not turn.scan():
        turn.set("scan", "1")
        return turn.go_on(echo=say("result.first_scan", count=len(turn.almanac.questions)))
    turn.drop("stopped")
    return turn.go_on(echo=say("result.almost", left=count(scan.left(turn), "vraag", "vragen")))


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
    given = {facet: value for facet in turn.almanac.facets if (value := turn.given(facet))}
    text = paragraphs(say("profile.title"), *profile_lines(turn.almanac, given))
    buttons = (Button(label("button.change"), "change"), Button(label("button.outcome"), "next-step"))
    picture = Attachment("picture", label("profile.file"), _drawn(turn))
    return [Message(text, (buttons,), attachment=picture)]


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
    document = Attachment("report", label("report.file", day=f"{turn.context.at:%Y-%m-%d}"), _drawn(turn))
    return [Message(say("report.here"), ((Button(label("button.outcome"), "next-step"),),), attachment=document)]


def _drawn(turn: Turn) -> str:
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


def roadmap(turn: Turn) -> list[Message]:
    """All steps to the phase aimed for, in order: now, next and later."""
    if not known(turn):
        return next_step(turn)
    advice = advice_of(turn, turn.placement())
    steps = [_step_button(turn.almanac, planned, f"roadmap.{planned.when}") for planned in advice.steps]
    last = (Button(label("button.ambition"), "ambition"), Button(label("button.outcome"), "next-step"))
    return [Message(say("roadmap.title" if steps else "result.no_steps", wanted=advice.wanted), (*rows(steps), last))]


def step(turn: Turn, name: str = "") -> list[Message]:
    """One step: why, what to do, who, effort, how one notices that it worked, what to read."""
    found = turn.almanac.steps.get(turn.almanac.today("step", name))
    if found is None:
        return turn.go_on(echo=say("scan.stale"))
    facet = turn.almanac.facets[found.facet]
    text = paragraphs(
        say("step.title", title=found.title),
        say("step.place", facet=facet.name, start=found.from_level, to=found.to_level, effort=label(f"effort.{found.effort}")),
        say("plain.text", text=found.why),
        numbers(found.actions),
        say("step.who", who=found.who),
        say("step.result", result=found.result),
        _history(turn.almanac, found),
        say("step.ours") if found.source == "ours" else say("step.source", source=turn.almanac.sources[found.source].title),
    )
    chapters = [Button(turn.almanac.chapters[name].title, f"chapter:{name}") for name in found.chapters]
    last = (Button(label("button.outcome"), "next-step"), Button(label("button.share"), f"share:step:{found.id}"))
    return turn.aside(Message(text, (*rows(chapters), last)))


def _history(almanac: Almanac, found: Step) -> Markdown:
    """A figure of long ago for the facet of a step, with its year and base; those seen at the source come first."""
    figures = [figure for figure in almanac.benchmarks.values() if found.facet in figure.facets]
    best = max(figures, key=lambda figure: (figure.certainty == "seen", figure.year), default=None)
    return history(best) if best else Markdown("")


def history(figure: Benchmark) -> Markdown:
    value = f"{figure.value:g}".replace(".", ",")
    return say("step.history", statement=figure.statement, value=value, unit=figure.unit, base=figure.base, year=figure.year)


def ambition(turn: Turn, wanted: str = "") -> list[Message]:
    """Ask for, or take, the phase aimed for."""
    if not known(turn):
        return next_step(turn)
    if wanted in ("2", "3", "4"):
        turn.set("ambition", wanted)
        return turn.go_on(echo=say("ambition.noted", number=int(wanted), verb=turn.almanac.phase(int(wanted)).verb))
    lowest = turn.placement().lowest
    choices = [phase for phase in turn.almanac.phases if phase.number > lowest]
    buttons = [
        Button(label("ambition.choice", number=phase.number, verb=phase.verb), f"ambition:{phase.number}", phase.summary)
        for phase in choices
    ]
    return [Message(say("ambition.ask"), (*rows(buttons), (Button(label("button.leave"), "resume"),)))]


ACTIONS: dict[str, Handler] = {
    "next-step": next_step,
    "explain": explain,
    "profile": profile,
    "report": report,
    "roadmap": roadmap,
    "step": step,
    "ambition": ambition,
}
