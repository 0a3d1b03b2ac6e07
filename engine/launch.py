"""Becomes the engine's server process. Run as a script by `engine.server`; standard library only.

    python launch.py LOCK_DESCRIPTOR PARENT_PID_OR_0 BINARY ARGUMENT...

It signs the inherited lock with its pid before it turns into the server (same pid), so there is no instant at
which a server lives on the database and nobody can tell which process it is.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process receives when its parent dies."""


def main() -> None:
    """Sign the lock, ask to be told of the parent's death if a parent is named, become the server."""
    lock, parent, *command = sys.argv[1:]
    os.pwrite(int(lock), f"{os.getpid()}\n".encode(), 0)
    os.umask(0o077)  # the database holds the conventions: its owner's eyes only
    if int(parent) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != int(parent):
            sys.exit("parent already gone")  # it died before we asked to be told
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
