"""What a child process is told of our environment: what every program needs to run here, and none of our secrets."""

from __future__ import annotations

import os

_NEEDED = (
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TZ", "TMPDIR", "LANG", "LANGUAGE", "SSL_CERT_FILE", "SSL_CERT_DIR",
)  # fmt: skip
_LOCALE = "LC_"


def clean_environment() -> dict[str, str]:
    """Return the environment of a child: an allow-list, because a list of our secrets would miss the next one.

    Passwords of the relay and of the mailbox, the client secret of the sign-in, the place of the master key, the
    configuration of the user's own Temporal tools: a child that needs one of them is told it by its command line.
    """
    return {key: value for key, value in os.environ.items() if key in _NEEDED or key.startswith(_LOCALE)}
