"""Becomes the process in which one thing that people brought is read. Run as a script by `adapters.apart`; standard library only.

    python apart_child.py PARENT_PID CPU_SECONDS MEMORY_BYTES ANSWER_BYTES MODULE FUNCTION PATH...

What is to be read comes pickled by the standard input; the answer, pickled too, leaves by the standard output.
"""

import ctypes
import importlib
import pickle
import resource
import signal
import sys
from os import getppid

PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process receives when its parent dies."""

FILES = 64
"""Open files: the modules are read one at a time."""


def main() -> None:
    """Bind oneself, read, answer."""
    parent, cpu, memory, most, module, function, *path = sys.argv[1:]
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if getppid() != int(parent):
        return  # it died before we asked to be told
    for limit, value in (
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
    ):
        # One second between the two: the end of the processor time has a signal of its own.
        resource.setrlimit(limit, (value, value + (limit == resource.RLIMIT_CPU)))
    sys.dont_write_bytecode = True
    sys.path[:] = path
    sys.stdout.buffer.write(_answer(module, function, int(most)))


def _answer(module: str, function: str, most: int) -> bytes:
    try:
        reader = getattr(importlib.import_module(module), function)
        answer = pickle.dumps(("read", reader(*pickle.load(sys.stdin.buffer))), 5)  # noqa: S301 - from our parent
    except MemoryError:
        return pickle.dumps(("heavy", ""))
    # Whatever a library makes of hostile bytes; the name only, for a message may repeat what was read.
    except Exception as error:  # noqa: BLE001
        return pickle.dumps(("broken", type(error).__name__))
    return answer if len(answer) <= most else pickle.dumps(("heavy", ""))


if __name__ == "__main__":
    main()
