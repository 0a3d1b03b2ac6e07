"""Becomes another program that ends with its parent. Run as a script, by `engine.server` first; standard library only.

    python launch.py LOCK_DESCRIPTOR_OR_-1 PARENT_PID_OR_0 SIGNAL BINARY ARGUMENT...

SIGNAL is what the program receives when its parent dies.

It signs the inherited lock with its pid before it turns into the server (same pid), so there is no instant at
which a server lives on the database and nobody can tell which process it is.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process receives when its parent dies."""


def main() -> None:
    """Sign the lock if there is one, ask to be told of the parent's death if a parent is named, become the program."""
    lock, parent, at_its_death, *command = sys.argv[1:]
    if int(lock) >= 0:
        os.pwrite(int(lock), f"{os.getpid()}\n".encode(), 0)
    os.umask(0o077)  # the database holds the conventions: its owner's eyes only
    if int(parent) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(at_its_death))
        if os.getppid() != int(parent):
            sys.exit("parent already gone")  # it died before we asked to be told
    os.execv(command[0], command)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
