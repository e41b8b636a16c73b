"""Microsoft's library, kept from what it would do unasked: read a stray `.env`, take settings that are not ours, make
the log of addresses louder, and warn about itself."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

ITS_OWN = ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID", "MANAGED_IDENTITY_CLIENT_ID", "CLOUD", "SERVICE_URL")


@contextmanager
def _calm() -> Iterator[None]:
    """Nothing of the environment is seen, and nothing of ours is changed."""
    hidden = {name: os.environ.pop(name) for name in (*ITS_OWN, "PYTHON_DOTENV_DISABLED") if name in os.environ}
    level = logging.getLogger("httpx").level
    os.environ["PYTHON_DOTENV_DISABLED"] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        del os.environ["PYTHON_DOTENV_DISABLED"]
        os.environ.update(hidden)
        logging.getLogger("httpx").setLevel(level)


with _calm():
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, CloudEnvironment
    from microsoft_teams.apps import App, AppTokenProvider
    from microsoft_teams.apps.auth import TokenValidator

__all__ = ["PUBLIC", "AppTokenProvider", "CloudEnvironment", "TokenValidator", "credentials"]


class _NoServer:
    """The library asks for a web server; ours is elsewhere."""

    def register_route(self, method: object, path: str, handler: object) -> None: ...

    def serve_static(self, path: str, directory: str) -> None: ...

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


def credentials(client_id: str, client_secret: str, tenant_id: str) -> AppTokenProvider:
    """What gives tokens to send with: by the secret, or without one by the managed identity with this client id."""
    with _calm():
        app = App(
            client_id=client_id,
            client_secret=client_secret or None,
            tenant_id=tenant_id,
            managed_identity_client_id=None if client_secret else client_id,
            http_server_adapter=_NoServer(),
        )
    return app.token_provider
