"""What an operator or user can mend: each message says what is wrong and what to do, in Dutch."""


class Problem(Exception):
    """Shown as it is, without a traceback."""


class SettingsError(Problem):
    """A setting cannot be used."""


class StorageError(Problem):
    """The database cannot be used."""


class ServerError(Problem):
    """The HTTP server cannot start."""


class TelegramError(Problem):
    """Telegram cannot be used."""


class TeamsError(Problem):
    """Teams cannot be used."""


class AnswersError(Problem):
    """A file with answers cannot be used."""
