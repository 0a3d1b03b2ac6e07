"""Runs a command in a folder, and destroys the folder when its owner lets go or dies.

``python -m echeancier.desk.command_in_folder COMMAND...``

Its standard input is a pipe that the owner holds open and never writes to: the kernel closes it with the owner, however
the owner ends. The folder is the working directory. The command's exit code is one line on the standard output; the folder
stays to be read until the owner closes the pipe.
"""

import fcntl
import os
import select
import subprocess
import sys
from pathlib import Path

from echeancier.adapters.stores.erasing import erase_folder
from echeancier.engine import launch
from echeancier.engine.children import clean_environment


def main() -> None:
    """Run, wait for whichever comes first: the end of the command, or of the owner."""
    folder = Path.cwd()
    fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)  # as long as this lives, it is in use
    # If this process is killed too, the kernel ends the command.
    launcher = [sys.executable, "-I", "-S", launch.__file__, "-1", str(os.getpid()), "9"]
    command = subprocess.Popen(  # noqa: S603 - the desk's own words
        [*launcher, *sys.argv[1:]],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=clean_environment(),
    )  # fmt: skip
    ended = os.pidfd_open(command.pid)
    ready, _, _ = select.select([sys.stdin, ended], [], [])
    if sys.stdin in ready:
        command.kill()
        command.wait()
    else:
        sys.stdout.write(f"{command.wait()}\n")
        sys.stdout.flush()
        select.select([sys.stdin], [], [])
    erase_folder(folder)


if __name__ == "__main__":
    main()
