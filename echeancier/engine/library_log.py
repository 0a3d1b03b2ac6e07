"""The engine's library says nothing of its own on a person's terminal, unless it is an error."""

from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter


def errors_only() -> None:
    """Keep the native library to errors; to be called before the first connection, harmless afterwards."""
    filtered = LoggingConfig(filter=TelemetryFilter(core_level="ERROR", other_level="ERROR"))
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=filtered)), error_if_already_set=False)
