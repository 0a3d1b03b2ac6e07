"""Making a namespace ready: it exists, keeps closed workflows long enough, knows our search attributes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import (
    DescribeNamespaceRequest,
    RegisterNamespaceRequest,
    UpdateNamespaceRequest,
)
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError, RPCStatusCode

from echeancier.engine.errors import NamespaceError
from workflows.search_attributes import ALL

RETENTION = timedelta(days=3650)
"""How long a closed workflow stays readable. A server's own default is a day or three, and a closed workflow
that has vanished no longer stops its reference from being registered a second time."""

_CREATION_KNOWN_WITHIN = 60.0
"""Seconds. The server remembers for some seconds that it was asked for a namespace that did not exist."""

Keys = Sequence[SearchAttributeKey[Any]]


async def prepare_namespace(client: Client, retention: timedelta = RETENTION, keys: Keys = ALL) -> list[str]:
    """Make the client's namespace ready; doing it again changes nothing.

    Args:
        client: Connected to the namespace, which is created if it does not exist.
        retention: How long closed workflows are kept, at least one day.
        keys: Search attributes the namespace must know.

    Returns:
        What was changed, one French sentence each; empty when all was ready.

    Raises:
        NamespaceError: An attribute is already there with another type. Nothing is changed then.
        RPCError: The engine refused or did not answer.
    """
    known = await _retention(client)
    if known is None:
        missing = list(keys)
    else:
        missing = await _missing_attributes(client, keys)
    changes: list[str] = []
    if known is None:
        await client.workflow_service.register_namespace(
            RegisterNamespaceRequest(
                namespace=client.namespace, workflow_execution_retention_period=_duration(retention)
            ),
            retry=True,
        )
        changes.append(f"Espace «\u00a0{client.namespace}\u00a0» créé, conservation de {retention.days} jours.")
    elif known != retention:
        await client.workflow_service.update_namespace(
            UpdateNamespaceRequest(
                namespace=client.namespace,
                config=NamespaceConfig(workflow_execution_retention_ttl=_duration(retention)),
            ),
            retry=True,
        )
        changes.append(f"Conservation portée de {known.days} à {retention.days} jours.")
    if missing:
        await _add(client, missing)
        names = ", ".join(key.name for key in missing)
        changes.append(f"Attributs de recherche ajoutés\u00a0: {names}.")
    return changes


async def _retention(client: Client) -> timedelta | None:
    """Retention of the namespace, or None when there is no such namespace."""
    request = DescribeNamespaceRequest(namespace=client.namespace)
    try:
        answer = await client.workflow_service.describe_namespace(request)
    except RPCError as error:
        if error.status == RPCStatusCode.NOT_FOUND:
            return None
        raise
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


async def _missing_attributes(client: Client, keys: Keys) -> list[SearchAttributeKey[Any]]:
    request = ListSearchAttributesRequest(namespace=client.namespace)
    there = (await client.operator_service.list_search_attributes(request, retry=True)).custom_attributes
    for key in keys:
        if key.name in there and there[key.name] != _type(key):
            raise NamespaceError(
                f"L’attribut de recherche {key.name} existe déjà dans l’espace "
                f"«\u00a0{client.namespace}\u00a0» avec un autre type "
                f"({IndexedValueType.Name(there[key.name])}). Retirez-le "
                "(«\u00a0temporal operator search-attribute remove\u00a0») ou utilisez un autre espace."
            )
    return [key for key in keys if key.name not in there]


async def _add(client: Client, keys: Keys) -> None:
    """Add the attributes, waiting for a namespace just created to be known everywhere in the server."""
    request = AddSearchAttributesRequest(
        namespace=client.namespace, search_attributes={key.name: _type(key) for key in keys}
    )
    clock = asyncio.get_running_loop().time
    give_up = clock() + _CREATION_KNOWN_WITHIN
    while True:
        try:
            await client.operator_service.add_search_attributes(request, retry=True)
        except RPCError as error:
            if error.status != RPCStatusCode.NOT_FOUND or clock() > give_up:
                raise
        else:
            return
        await asyncio.sleep(0.25)


def _type(key: SearchAttributeKey[Any]) -> IndexedValueType.ValueType:
    # The SDK's own enum carries the protocol's numbers, under another name.
    return IndexedValueType.ValueType(int(key.indexed_value_type))


def _duration(value: timedelta) -> Duration:
    duration = Duration()
    duration.FromTimedelta(value)
    return duration
