"""The process that starts readers, and what becomes of each. Run as a script by `adapters.apart`; standard library only.

    python apart_child.py PATH...

It reads nothing that people brought: it imports what the readers need, once, and gives each file a child of its own. An order
comes by the standard input, a socket: CPU_SECONDS MEMORY_BYTES ANSWER_BYTES MODULE FUNCTION, with three descriptors:

- what is to be read, pickled;
- where the child writes its answer, pickled too;
- where this process says the child's exit code once it is dead, and hears that it must be killed: by the end of the stream.

The end of the standard input is the end of whoever asked: this process dies, and with it its children.
"""

import ctypes
import gc
import importlib
import os
import pickle
import resource
import select
import signal
import socket
import sys
from contextlib import suppress

_LIBC = ctypes.CDLL(None)

PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
"""Linux, prctl(2): the signal a process receives when its parent dies; whether others may look into its memory."""

FILES = 64
"""Open files: the modules are read one at a time."""


def main() -> None:
    """Start a child for each order, until nobody asks any more. No thread, for a process that forks must have none."""
    sys.dont_write_bytecode = True
    sys.path[:] = sys.argv[1:]
    gc.disable()
    _LIBC.prctl(PR_SET_DUMPABLE, 0)  # a child is of the same account: it could change what the next ones are born with
    orders, waiting = socket.socket(fileno=0), select.poll()
    waiting.register(0, select.POLLIN)
    born: dict[int, tuple[int, socket.socket]] = {}
    while True:
        ready, _ = waiting.poll()[0]  # one at a time: what follows may close the others
        if ready == 0:
            order, files, _, _ = socket.recv_fds(orders, 1000, 3)
            if not order:
                return
            pid = _start(order.decode().split(), *files[:2])
            known, line = os.pidfd_open(pid), socket.socket(fileno=files[2])
            born[known] = pid, line
            waiting.register(known, select.POLLIN)
            waiting.register(line, select.POLLIN)
        elif ready in born:
            pid, line = born.pop(ready)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            waiting.unregister(ready)
            os.close(ready)
            with suppress(KeyError):
                waiting.unregister(line)
            with suppress(OSError), line:  # nobody may be left to hear it
                line.sendall(str(code).encode())
        else:  # not yet waited for, so that its number is still its own
            os.kill(next(pid for pid, line in born.values() if line.fileno() == ready), signal.SIGKILL)
            waiting.unregister(ready)


def _start(order: list[str], brought: int, answer: int) -> int:
    """Return the child that carries an order out; what its reader imports is imported here, for the next ones too."""
    with suppress(Exception):  # the child meets the same, and says it
        importlib.import_module(order[3])
    gc.freeze()
    us = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() == us:  # else it died before we asked to be told
                os.dup2(brought, 0)
                os.dup2(answer, 1)
                os.closerange(3, 1 << 20)
                _read(*order)
        finally:
            os._exit(1)
    os.close(brought)
    os.close(answer)
    return pid


def _read(cpu: str, memory: str, most: str, module: str, function: str) -> None:
    """Bind oneself, read, answer."""
    for limit, value in (
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        # One second between the two: the end of the processor time has a signal of its own.
        resource.setrlimit(limit, (value, value + (limit == resource.RLIMIT_CPU)))
    gc.enable()
    with open(1, "wb") as answer:
        answer.write(_answer(module, function, int(most)))
    os._exit(0)


def _answer(module: str, function: str, most: int) -> bytes:
    try:
        with open(0, "rb") as brought:
            given = pickle.load(brought)  # noqa: S301 - from our parent
        answer = pickle.dumps(("read", getattr(importlib.import_module(module), function)(*given)), 5)
    except MemoryError:
        return pickle.dumps(("heavy", ""))
    # Whatever a library makes of hostile bytes; the name only, for a message may repeat what was read.
    except Exception as error:  # noqa: BLE001
        return pickle.dumps(("broken", type(error).__name__))
    return answer if len(answer) <= most else pickle.dumps(("heavy", ""))


if __name__ == "__main__":
    main()
