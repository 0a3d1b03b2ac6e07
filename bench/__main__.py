"""Run every benchmark and print one line each; ratios compare two things measured in this very run."""

import asyncio

from bench import agenda, attention, desk, engine_desk, events, mails, rehearsal, starts
from bench.lines import load
from echeancier.engine.exit import leave


def main() -> None:
    """Measure, print, and leave with 1 if an aim is not met."""
    lines = [
        *agenda.measure(),
        *asyncio.run(desk.measure()),
        *asyncio.run(engine_desk.measure()),
        *mails.measure(),
        *asyncio.run(starts.measure()),
        *asyncio.run(events.measure()),
        *rehearsal.measure(),
        *attention.measure(),
    ]
    for line in lines:
        print(line)
    print(load())
    leave(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
