"""Applications that stand beside the desk on the same port, and share neither its guard nor its session."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send


class MountedApps:
    """Hands a request to the application that stands at its path, else to the desk.

    Args:
        desk: what answers everything else.
        beside: applications by their path, such as ``/agenda``; each sees the rest of the path only.
    """

    def __init__(self, desk: ASGIApp, beside: Mapping[str, ASGIApp]) -> None:
        self._desk, self._beside = desk, beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        path = scope.get("path", "")
        for prefix, app in self._beside.items():
            if scope["type"] == "http" and (path == prefix or path.startswith(f"{prefix}/")):
                await app({**scope, "root_path": scope.get("root_path", "") + prefix}, receive, send)
                return
        await self._desk(scope, receive, send)
