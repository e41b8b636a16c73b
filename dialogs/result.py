"""The outcome: the phase, what changed, and the first steps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from dialogs import levels, scan
from dialogs.messages import Button, Drawn, Markdown, Message, bullets, paragraphs, rows
from dialogs.texts import count, day, label, listing, say
from dialogs.turn import Handler, Turn
from knowledge.advice import Advice, Planned, advise
from knowledge.model import Almanac, Facet
from knowledge.placement import Placement


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
    phase = paragraphs(headline(turn, placement), say("plain.text", text=placement.rule.because))
    advised = paragraphs(
        _caution(turn.almanac, placement),
        _since_last_time(turn),
        _together(turn),
        _tip(turn),
        _unsure(turn.almanac, now),
        _steps_intro(turn, advice),
    )
    drawn = Drawn(phase, levels.groups(turn.almanac, placement, advice), advised)
    steps = rows(step_button(turn.almanac, planned) for planned in now)
    return Message(paragraphs(phase, advised), (*steps, *_more(placement, advice)), drawn=drawn)


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


def step_button(almanac: Almanac, planned: Planned, key: str = "result.step_line") -> Button:
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
    outcome = {
        "version": turn.almanac.version,
        "subject": turn.get("subject"),
        "name": turn.get("name"),
        "lowest": placement.lowest,
        "highest": placement.highest,
        "answers": turn.all_given(),
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


ACTIONS: dict[str, Handler] = {"next-step": next_step}
