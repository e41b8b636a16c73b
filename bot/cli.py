"""The command line. What takes time to import is imported by the command that needs it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bot.problems import Problem

if TYPE_CHECKING:
    from bot.answers import Given
    from bot.settings import Settings
    from knowledge.model import Almanac

UNUSABLE = 2


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """De Volgende Stap: which phase are we in, and what is the next step. Without a command: the chat."""
    if context.invoked_subcommand is None:
        context.invoke(chat)


@main.command()
@click.option("--plain", is_flag=True, help="No colours or arrows; numbers before the choices. The default in a pipe.")
def chat(plain: bool = False) -> None:
    """Chat in this terminal."""
    import asyncio

    from bot.chatting import chat_in_terminal

    _quiet_logs("ERROR")
    draws = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    _run(asyncio, chat_in_terminal(_settings(), _almanac(), plain or not draws))


@main.command()
def serve() -> None:
    """Serve every channel that is configured, until stopped."""
    import asyncio

    settings = _settings()
    if not (settings.telegram_token.get_secret_value() or settings.teams()):
        _stop(
            "Er is geen kanaal ingesteld. Zet TELEGRAM_TOKEN op het token van uw bot (van @BotFather) om Telegram aan te zetten.\n"
            "Voor Teams: TEAMS_CLIENT_ID, TEAMS_CLIENT_SECRET, TEAMS_TENANT_ID, TEAMS_ALLOWED_TENANTS en PUBLIC_URL; docs/teams.md legt uit\n"
            "hoe u die krijgt. Alleen om te proberen, op deze computer zelf: TEAMS_ANONYMOUS_LOCAL.\n"
            "Met PUBLIC_URL (https://...) brengt Telegram de berichten zelf, naar HOST en PORT; zonder PUBLIC_URL worden ze opgehaald.\n"
            "Ook in te stellen: DATA_DIR (map voor de database), DATABASE_URL (sqlite:///pad), KEEP_UNANSWERED (no: onbeantwoorde\n"
            "vragen niet tellen), KEEP_DAYS (na hoeveel dagen stilte alles vergeten wordt), EVENTS_PER_MINUTE (hoeveel iemand per\n"
            "minuut mag sturen) en TELEGRAM_BASE_URL.",
            UNUSABLE,
        )
    from bot.serving import serve as serve_channels

    _quiet_logs("INFO")
    _run(asyncio, serve_channels(settings, _almanac()))


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The findings and the proof as JSON.")
def check(folder: Path | None, as_json: bool) -> None:
    """Check the knowledge base: everything that is wrong, with file and line."""
    from knowledge.opening import check_folder
    from knowledge.reading import CONTENT

    folder = folder or CONTENT
    if not folder.is_dir():
        _stop(f"De map {folder} bestaat niet.", UNUSABLE)
    report = check_folder(folder)
    spread = [{"lowest": low, "highest": high, "sets": count} for (low, high), count in sorted(report.proof.spread.items())]
    if as_json:
        _print_json(
            {
                "sound": report.sound,
                "findings": [f.as_json() for f in report.findings],
                "proof": {"sets": report.proof.sets, "spread": spread},
            }
        )
    else:
        from bot.reporting import report_lines

        click.echo("\n".join(report_lines(report)))
    sys.exit(0 if report.sound else 1)


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="The result as one line of JSON.")
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="A file with a question a line; gives JSON Lines in the same order."
)
def search(question: str | None, as_json: bool, file: Path | None) -> None:
    """Search the chapters for a question."""
    from bot.answers import search_as_json, search_as_text
    from knowledge.search import search as search_chapters

    if (question is None) == (file is None):
        _stop('Geef een vraag, of een bestand met vragen: search "vraag", of search --file vragen.txt.', UNUSABLE)
    almanac = _almanac()
    for line in [question or ""] if file is None else _read(file).splitlines():
        result = search_chapters(almanac, line)
        click.echo(json.dumps(search_as_json(result), ensure_ascii=False) if as_json or file else search_as_text(result))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The placement and advice as JSON.")
@click.argument("file", type=click.Path(path_type=Path))
def place(as_json: bool, file: Path) -> None:
    """Place an organisation or department from a YAML file with its answers."""
    from bot.answers import place_as_json, place_as_text

    almanac = _almanac()
    given = _given(almanac, file)
    if as_json:
        _print_json(place_as_json(almanac, given))
    else:
        click.echo(place_as_text(almanac, given))


@main.command()
@click.option("--pdf", type=click.Path(path_type=Path), help="Where to write the report.")
@click.option("--png", type=click.Path(path_type=Path), help="Where to write the picture of the profile.")
@click.option("--name", default="", help="What the organisation or department is called.")
@click.argument("file", type=click.Path(path_type=Path))
def report(file: Path, pdf: Path | None, png: Path | None, name: str) -> None:
    """Write the advice for a YAML file with answers as a PDF, and its profile as a picture."""
    from datetime import date

    from bot.report.making import document_now, picture_now
    from bot.report.outcome import outcome_of

    if pdf is None and png is None:
        _stop("Zeg wat u wilt maken: report antwoorden.yaml --pdf advies.pdf, of --png profiel.png, of allebei.", UNUSABLE)
    almanac = _almanac()
    given = _given(almanac, file)
    outcome = outcome_of(
        almanac, given.answers, date.today(), ambition=given.ambition, subject=given.subject, name=name, role=given.role
    )
    for path, make in ((pdf, document_now), (png, picture_now)):
        if path:
            _write(path, make(outcome))


@main.command()
def gaps() -> None:
    """List the questions that could not be answered, like ones together, most asked first."""
    import asyncio

    from bot.gaps import gap_lines
    from bot.storage.sqlite import SqliteStorage

    async def read() -> None:
        storage = await SqliteStorage.open(_settings().database())
        try:
            click.echo("\n".join(gap_lines(await storage.gaps())))
        finally:
            await storage.close()

    _run(asyncio, read())


@main.command()
@click.argument("file", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.option("--developer", default="De Volgende Stap", help="Who offers the app to your people, such as your municipality.")
@click.option("--website", default="", help="Where they read more. Without it: the page at PUBLIC_URL.")
@click.option("--privacy", default="", help="Your privacy statement. Without it: the page that says what is kept.")
@click.option("--terms", default="", help="Your terms of use. Without it: the website.")
def teams_package(file: Path, developer: str, website: str, privacy: str, terms: str) -> None:
    """Write the app package that an administrator uploads in Teams."""
    from bot.channels.teams.package import Developer, package
    from bot.pages.addresses import Pages

    settings = _settings()
    if not settings.teams_client_id:
        _stop("Zet eerst TEAMS_CLIENT_ID, TEAMS_TENANT_ID en PUBLIC_URL: ze komen in het pakket te staan.", UNUSABLE)
    pages = Pages(settings.public_url)
    website = website or pages.home
    try:
        made = package(settings, Developer(developer, website, privacy or pages.privacy, terms or website))
    except Problem as error:
        _stop(str(error), UNUSABLE)
    _write(file, made)


@main.command()
def schema() -> None:
    """Write the JSON Schemas that editors of the knowledge base use."""
    from knowledge.schemas import write_schemas

    for path in write_schemas():
        click.echo(path)


def _settings() -> Settings:
    from pydantic import ValidationError

    from bot.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        names = ", ".join(str(detail["loc"][0]).upper() for detail in error.errors())
        _stop(f"Deze instelling is niet te gebruiken: {names}.", UNUSABLE)
    except Problem as error:
        _stop(str(error), UNUSABLE)


def _almanac() -> Almanac:
    from dialogs.texts import texts
    from knowledge.findings import ContentError
    from knowledge.opening import open_almanac

    try:
        texts()
        return open_almanac()
    except ContentError as error:
        _stop(f"De teksten kloppen niet. Herstel dit eerst:\n{error}", 1)


def _given(almanac: Almanac, file: Path) -> Given:
    from bot.answers import read_answers

    try:
        return read_answers(almanac, file.name, _read(file))
    except Problem as error:
        _stop(str(error), UNUSABLE)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        _stop(f"Het bestand {file} is niet te lezen. Kijk of het bestaat en als UTF-8 is opgeslagen.", UNUSABLE)


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError:
        _stop(f"Het bestand {file} is niet te schrijven. Kijk of de map bestaat en of u daar mag schrijven.", UNUSABLE)


def _run(asyncio: Any, coroutine: Any) -> None:
    """Run to the end; what an operator can mend becomes one sentence."""
    try:
        asyncio.run(coroutine)
    except Problem as error:
        _stop(str(error), UNUSABLE)
    except KeyboardInterrupt:
        pass


def _quiet_logs(level: str) -> None:
    """Our own lines only: httpx would log every address with the token in it."""
    import logging

    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("httpx", "httpcore", "telegram", "uvicorn", "msal", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It tells at length what we say in one line, and in its errors what Microsoft answered.
    logging.getLogger("microsoft_teams").setLevel(logging.CRITICAL)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _stop(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
