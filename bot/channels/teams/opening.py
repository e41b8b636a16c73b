"""Teams as the settings ask for it."""

from __future__ import annotations

import logging

from starlette.routing import BaseRoute

from bot.attachments import Draw
from bot.channels.teams.access import Access, Checked, Local, of_teams, of_this_machine
from bot.channels.teams.channel import Addresses, Teams
from bot.channels.teams.connector import Connector
from bot.channels.teams.files import Files
from bot.channels.teams.library import credentials
from bot.channels.teams.route import route
from bot.desk import Desk
from bot.pages.addresses import Pages
from bot.settings import Settings

log = logging.getLogger(__name__)


def open_teams(settings: Settings, draw: Draw, addresses: Addresses) -> Teams:
    """The channel, to be opened with `async with`."""
    pages = Pages(settings.public_url) if settings.public_url else None
    return Teams(_connector(settings), addresses, draw, Files(settings.address()), pages)


def routes(teams: Teams, desk: Desk, settings: Settings) -> list[BaseRoute]:
    """Where Teams brings activities, and where files are fetched."""
    return [route(teams, desk, _access(settings)), teams.files.route()]


def _connector(settings: Settings) -> Connector:
    if settings.teams_anonymous_local:
        return Connector(None, of_this_machine)
    secret = settings.teams_client_secret.get_secret_value()
    return Connector(credentials(settings.teams_client_id, secret, settings.teams_tenant_id), of_teams)


def _access(settings: Settings) -> Access:
    if settings.teams_anonymous_local:
        log.warning("TEAMS_ANONYMOUS_LOCAL is on: whoever is on this machine is heard, without a token")
        return Local()
    return Checked(settings.teams_client_id, settings.tenants())
