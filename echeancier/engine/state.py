"""Where the embedded engine of a directory can be reached: written by `run`, read by the other commands."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from echeancier.engine.locks import holder, is_held
from echeancier.engine.ports import LOOPBACK
from echeancier.engine.server import EngineFiles

_LOOK_AGAIN = 0.1


class EngineState(BaseModel):
    """Ports of the loopback interface and process of the server; ``codec_port`` is where the interface asks for keys."""

    model_config = ConfigDict(frozen=True)

    port: int
    ui_port: int | None
    pid: int
    codec_port: int | None = None

    @property
    def address(self) -> str:
        """`host:port` for `engine.client.connect`."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def ui_url(self) -> str | None:
        """Address of the web interface, if there is one."""
        return f"http://{LOOPBACK}:{self.ui_port}" if self.ui_port is not None else None


def running_engine(directory: Path) -> EngineState | None:
    """The engine that lives on this directory now, or None. It may still be starting: `connect` waits."""
    place = EngineFiles(directory.resolve())
    if not is_held(place.server_lock):
        return None
    state = last_state(place)
    return state if state is not None and state.pid == holder(place.server_lock) else None


async def awaited_engine(directory: Path, patience: timedelta) -> EngineState | None:
    """The engine of this directory, waited for while a living `run` is starting or restarting it."""
    clock = asyncio.get_running_loop().time
    give_up = clock() + patience.total_seconds()
    while (found := running_engine(directory)) is None and _is_owned(directory) and clock() < give_up:  # noqa: ASYNC110 - another process's doing raises no event here
        await asyncio.sleep(_LOOK_AGAIN)
    return found


def _is_owned(directory: Path) -> bool:
    return is_held(EngineFiles(directory.resolve()).owner_lock)


def last_state(place: EngineFiles) -> EngineState | None:
    """What was last written, whether the engine still lives or not."""
    try:
        return EngineState.model_validate_json(place.state.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def write_state(place: EngineFiles, state: EngineState) -> None:
    """Write the state in one piece: a reader sees the old one or the new one."""
    draft = place.state.with_suffix(".json.new")
    draft.write_text(state.model_dump_json() + "\n", encoding="utf-8")
    draft.replace(place.state)
