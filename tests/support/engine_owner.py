"""A process that owns an engine, for tests to kill: prints the server's pid once ready, then waits for ever.

Arguments: directory, then `orphaning` to leave the server alive when this process is killed.
"""

import asyncio
import sys
from pathlib import Path

from echeancier.engine.client import connect
from echeancier.engine.embedded import EmbeddedEngine
from tests.support.engine_workflow import TASK_QUEUE, Waiting


async def main() -> None:
    directory, *words = sys.argv[1:]
    async with EmbeddedEngine(Path(directory), die_with_parent="orphaning" not in words) as engine:
        client = await connect(engine.address)
        await client.start_workflow(Waiting.run, id="kept", task_queue=TASK_QUEUE)
        sys.stdout.write(f"{engine.state.pid}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
