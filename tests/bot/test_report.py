"""The report and the picture as others see them: what a reader's software finds in the PDF, what stands in the picture,
and that no text can break either."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pdfua import validate
from PIL import Image

from bot.cli import main
from bot.report import rendering
from bot.report.advice_report import report_of
from bot.report.characters import DRAWN, printable
from bot.report.making import document, picture
from bot.report.outcome import Outcome, outcome_of
from bot.report.profile import alt_text, profile_of, profile_svg
from knowledge.model import Almanac

DAY = date(2026, 11, 24)
WHITE, BLUE, ORANGE = (255, 255, 255), (0x0B, 0x5C, 0xAD), (0xC2, 0x41, 0x0C)
HOSTILE = [
    "Afdeling 😀 漢字 👨‍👩‍👧 ❤️",
    "שלום עליكم \u202eachterstevoren\u202c",
    "a\x00b\x07c\x1b[31m\u200b\ufeff\n\t\r",
    '#panic() #eval("1+1") *vet* $x$ `r` \\ // /* <b>&amp;</b> ]]> #read("/etc/passwd") @x',
    "\ud800 half",
    "W" * 4000,
    "{subject} {0} %s",
    "   ",
]


def _mixed(almanac: Almanac, name: str = "Afdeling Burgerzaken") -> Outcome:
    """Levels, an unknown, one that does not apply and three that were not asked; the phase is not certain."""
    answers: dict[str, Any] = {"content": 2, "experience": 1, "context": "unknown", "conversation": 2, "collaboration": 3}
    answers |= {"vision": "not-applicable", "purpose": 2}
    return outcome_of(almanac, answers, DAY, ambition=3, subject="department", name=name, role="communication")


def _open(outcome: Outcome) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(rendering.pdf(report_of(outcome))))


def _elements(node: Any) -> Iterator[pikepdf.Dictionary]:
    """Every structure element under a node of the tree."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _scope(cell: Any) -> str | None:
    attributes = cell.get("/A", [])
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(item["/Scope"]) for item in listed if isinstance(item, pikepdf.Dictionary) and "/Scope" in item), None)


def test_the_pdf_tells_software_what_it_is(almanac: Almanac) -> None:
    with _open(_mixed(almanac)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "nl-NL"
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
            assert meta["dc:title"] == "De volgende stap voor Afdeling Burgerzaken"
        assert 2 <= len(pdf.pages) <= 3
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        files = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert fonts
        assert all("/FontFile2" in file or "/FontFile3" in file for file in files)
        assert all("SourceSansPro" in str(file.FontName) for file in files)


def test_the_pdf_reads_in_order_with_headings_table_and_picture(almanac: Almanac) -> None:
    outcome = _mixed(almanac)
    with _open(outcome) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        kinds = [str(element.S) for element in elements]
        assert kinds.count("/H1") == 1
        assert kinds.count("/H2") >= 5
        assert kinds.count("/H3") >= len(outcome.advice.now())
        assert kinds.count("/Table") == 1
        heads = [element for element in elements if element.S == "/TH"]
        assert [_scope(head) for head in heads] == ["/Column"] * 3
        assert kinds.count("/TD") == 3 * len(almanac.facets)
        figures = [element for element in elements if element.S == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [alt_text(profile_of(outcome))]
        order = [kind for kind in kinds if kind in ("/H1", "/Figure", "/Table", "/H3")]
        assert order[:4] == ["/H1", "/Figure", "/Table", "/H3"]


def test_an_independent_checker_finds_nothing(almanac: Almanac, tmp_path: Path) -> None:
    file = tmp_path / "advies.pdf"
    file.write_bytes(rendering.pdf(report_of(_mixed(almanac))))
    assert list(validate(str(file)).findings) == []


def test_every_worked_example_fits_in_three_pages(almanac: Almanac) -> None:
    for example in almanac.organisations.values():
        outcome = outcome_of(almanac, example.answers, DAY, ambition=4, role="management", subject=example.subject)
        with _open(outcome) as pdf:
            assert 2 <= len(pdf.pages) <= 3, example.id


def test_the_report_says_what_is_and_is_not_known(almanac: Almanac) -> None:
    report = report_of(_mixed(almanac))
    rows = {name: (now, goal) for name, now, goal in report.rows}
    assert rows["Berichten"] == ("2 van 4", "3 van 4")
    assert rows["Samenwerking met inwoners"] == ("3 van 4", "geen stap nodig")
    assert rows["Kijk naar buiten"] == ("weet ik niet", "3 van 4")
    assert rows["Visie en ambitie"] == ("niet van toepassing", "geen")
    assert rows["Mensen"] == ("nog niet gevraagd", "3 van 4")
    assert "bij 4 vragen is het antwoord niet bekend" in report.outcome.texts[0]
    assert "24 november 2026" in report.notes[-1]
    assert almanac.version in report.notes[-1]
    assert any("van ons, niet van het boek" in note for note in report.notes)
    nothing = report_of(outcome_of(almanac, dict.fromkeys(almanac.facets, "not-applicable"), DAY))
    assert nothing.now.lead.startswith("Geen enkel onderdeel is van toepassing")
    done = report_of(outcome_of(almanac, dict.fromkeys(almanac.facets, 4), DAY))
    assert done.now.lead.startswith("U zit bij elk onderdeel op het hoogste niveau")


def test_the_picture_shows_now_and_goal_where_they_are(almanac: Almanac) -> None:
    profile = profile_of(_mixed(almanac))
    svg = profile_svg(profile)
    with Image.open(io.BytesIO(rendering.png(svg))) as opened:
        image = opened.convert("RGBA")
    assert image.width == 1200
    assert image.getchannel("A").getextrema() == (255, 255)
    corners = [(0, 0), (image.width - 1, 0), (0, image.height - 1), (image.width - 1, image.height - 1)]
    assert all(image.getpixel(corner) == (*WHITE, 255) for corner in corners)
    cells = list(_cells(svg))
    assert [kind for kind, *_ in cells[:4]] == ["nu", "nu", "doel", "leeg"]
    assert {kind for kind, *_ in cells} == {"nu", "doel", "leeg", "onbekend"}
    for kind, x, y, height in cells:
        inside, border = image.getpixel((2 * x + 12, 2 * y + 12)), image.getpixel((2 * x, 2 * y + height))
        assert (inside == (*BLUE, 255)) == (kind == "nu")
        assert (border == (*ORANGE, 255)) == (kind == "doel")
    labels = image.convert("L").crop((48, 2 * cells[0][2], 500, 2 * cells[-1][2]))
    assert sum(labels.histogram()[:100]) > 5_000


def _cells(svg: str) -> Iterator[tuple[str, int, int, int]]:
    for box in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect"):
        if box.get("class"):
            yield (
                box.attrib["class"],
                round(float(box.attrib["x"])),
                round(float(box.attrib["y"])),
                round(float(box.attrib["height"])),
            )


def test_nothing_in_the_picture_is_told_by_colour_alone_or_too_small(almanac: Almanac) -> None:
    profile = profile_of(_mixed(almanac))
    texts = list(ElementTree.fromstring(profile_svg(profile)).iter("{http://www.w3.org/2000/svg}text"))
    assert min(int(text.attrib["font-size"]) for text in texts) >= 17
    words = [text.text for text in texts]
    assert [words.count(word) for word in ("nu 2", "doel 3", "weet ik niet", "niet van toepassing", "nog niet gevraagd")] == [
        3,
        8,
        1,
        1,
        3,
    ]
    spoken = alt_text(profile)
    assert all(facet.name in spoken and facet.name in words for facet in almanac.facets.values())
    assert "Berichten: 2 van 4, doel 3" in spoken
    assert "Visie en ambitie: niet van toepassing;" in spoken


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_the_picture_or_the_report(name: str, almanac: Almanac) -> None:
    outcome = _mixed(almanac, name)
    svg = profile_svg(profile_of(outcome))
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert rendering.png(svg).startswith(b"\x89PNG")
    with _open(outcome) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"] == printable(report_of(outcome).title)
        assert 2 <= len(pdf.pages) <= 3


def test_text_stays_text(almanac: Almanac) -> None:
    assert printable('#panic() *a* "b" $x$') == '#panic() *a* "b" $x$'
    assert printable("Vóórbeeld😀dam \u202e漢 ✓\x07\n e\u0301") == "Vóórbeeld□dam □ ✓ é"
    assert report_of(_mixed(almanac, "   ")).title == "De volgende stap voor uw afdeling"


def test_the_fonts_draw_every_character_that_is_let_through(tmp_path: Path) -> None:
    drawn = "".join(sign for sign in map(chr, range(0x20, 0x3000)) if DRAWN.match(sign) and printable(sign))
    assert all(letter in drawn for letter in "ĳĲáëïéèôçñ€“”‘’–…ğšłőșțẞßЖαİıð→✓≥□")
    source = (
        '#set text(font: ("Source Sans Pro", "DejaVu Sans Mono"))\n#set document(title: "x")\n= x\n#sys.inputs.t *#sys.inputs.t*'
    )
    template = tmp_path / "all.typ"
    template.write_text(source, encoding="utf-8")
    made = rendering._compile(template, {"t": " ".join(drawn)}, format="pdf", pdf_standards=["ua-1"])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        names = {str(font.BaseFont).partition("+")[2] for page in pdf.pages for font in page.Resources.Font.values()}
    assert {name.partition("-")[0] for name in names} == {"SourceSansPro", "DejaVuSansMono"}


async def test_the_same_outcome_gives_the_same_bytes_beside_the_event_loop(almanac: Almanac) -> None:
    outcome = _mixed(almanac)
    made = await asyncio.gather(*[make(outcome) for make in (document, picture, document, picture)])
    assert made[0] == made[2]
    assert made[1] == made[3]
    assert made[0].startswith(b"%PDF")


# --- The command


def _report(folder: Path, *options: str, text: str = "facets: {content: 2}\nsubject: department\n") -> Result:
    file = folder / "antwoorden.yaml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["report", str(file), *options])


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    pdf, png = tmp_path / "advies.pdf", tmp_path / "profiel.png"
    result = _report(tmp_path, "--pdf", str(pdf), "--png", str(png), "--name", "Team Web 😀")
    assert (result.exit_code, result.output) == (0, "")
    with pikepdf.open(pdf) as opened, opened.open_metadata() as meta:
        assert meta["dc:title"] == "De volgende stap voor Team Web □"
    with Image.open(png) as image:
        assert image.width == 1200


def test_the_command_refuses_in_words(tmp_path: Path) -> None:
    nothing = _report(tmp_path)
    bad = _report(tmp_path, "--pdf", str(tmp_path / "a.pdf"), text="facets: {content: 9}\n")
    nowhere = _report(tmp_path, "--png", str(tmp_path / "weg" / "a.png"))
    assert [result.exit_code for result in (nothing, bad, nowhere)] == [2, 2, 2]
    assert "--pdf advies.pdf" in nothing.stderr
    assert "antwoorden.yaml:1" in bad.stderr
    assert "is niet te schrijven" in nowhere.stderr
    assert not (tmp_path / "a.pdf").exists()
