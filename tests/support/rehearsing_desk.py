"""A process that began a rehearsal as the desk does, for tests to end. Arguments: the directory, then what is played."""

import asyncio
import sys
from pathlib import Path

from echeancier.desk.rehearsal.rehearsals import Rehearsals


async def main() -> None:
    directory, played = sys.argv[1:]
    await Rehearsals(Path(directory), (sys.executable, "-c", played)).start("", "", "nobody-answers", "", "")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
