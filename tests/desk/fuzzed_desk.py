"""A real desk under uvicorn, on conventions in memory, for whoever sends it damaged files: no limit of forms. Run as a script."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from echeancier.adapters.settings import Settings
from echeancier.adapters.web.rate_limits import RateLimits
from echeancier.desk.app import create_app
from echeancier.desk.serving import serve
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.state import Desk
from tests.desk.fakes import FakeRegister, example, now


async def main(directory: Path) -> None:
    settings = Settings(_env_file=None, data=directory)
    app = create_app(FakeRegister.of(example("sqf-p")), settings, clock=now, keys=SessionKeys.of(b"of the tests"))
    desk = app.state.desk
    assert isinstance(desk, Desk)
    replace(desk, forms=RateLimits("1000000/minute")).keep_in(app)

    def ready(address: str) -> None:
        print(f"desk {address}", flush=True)  # noqa: T201 - read by the test

    await serve(app, "127.0.0.1", 0, asyncio.Event(), ready)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
