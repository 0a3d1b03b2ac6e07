"""The one data converter: clients, workers, replayers and tests use it, or histories become unreadable."""

from __future__ import annotations

from dataclasses import replace

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, PayloadCodec

from echeancier.engine.refused import SealedFailures, SealedPayloads


def data_converter(codec: PayloadCodec | None = None) -> DataConverter:
    """Pydantic models (and dates) to JSON payloads, optionally through a codec.

    With a codec the message and the stack of a failure are a payload too: they may quote what a person typed.

    Args:
        codec: Transforms payloads on their way to the engine, for example to encrypt them. Whoever reads a
            history written with a codec needs the same codec.
    """
    if codec is None:
        return pydantic_data_converter
    return replace(
        pydantic_data_converter,
        payload_codec=codec,
        payload_converter_class=SealedPayloads,
        failure_converter_class=SealedFailures,
    )
