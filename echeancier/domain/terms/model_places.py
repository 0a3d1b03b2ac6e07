"""Finding, in a tree of pydantic models, the place that an error talks about."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal, TypeGuard, get_args, get_origin

from pydantic import BaseModel

Loc = tuple[int | str, ...]


def place(loc: Loc, data: object, block: str = "") -> str:
    """Return a place as the person sees it: ``duty[2].rhythm.every_months``, blocks counted from 1.

    When the block has an ``id`` it is added, so that nobody has to count. ``block`` names ``data`` when it is
    not the whole file.
    """
    shown = block
    name: object = None
    node = data
    for part in loc:
        if part == "[key]":
            continue
        if isinstance(part, int):
            shown += f"[{part + 1}]"
            node = node[part] if isinstance(node, Sequence) and part < len(node) else None
        else:
            shown += f".{part}" if shown else part
            node = node.get(part) if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and isinstance(node.get("id"), str):
            name = node["id"]
    return f"{shown} («\u00a0{name}\u00a0»)" if name else shown


def known_keys(root: object, loc: Loc) -> tuple[str, ...]:
    """Return the keys allowed in the block at ``loc``, empty when that place is not a block."""
    node = root
    for part in loc:
        node = next((n for t in _alternatives(node) if (n := _step(t, part)) is not None), None)
    models = [t for t in _alternatives(node) if _is_model(t)]
    return tuple(field.alias or name for model in models for name, field in model.model_fields.items())


def _step(annotation: object, part: int | str) -> object:
    if _is_model(annotation):
        fields = annotation.model_fields
        by_name = {field.alias or name: field.annotation for name, field in fields.items()}
        if part in by_name:
            return by_name[str(part)]
        kind = fields.get("kind")
        return annotation if kind is not None and part in get_args(kind.annotation) else None
    arguments = get_args(annotation)
    if get_origin(annotation) is tuple and isinstance(part, int):
        return arguments[0] if arguments[-1] is Ellipsis else arguments[min(part, len(arguments) - 1)]
    return arguments[1] if get_origin(annotation) is dict else None


def _alternatives(annotation: object) -> Iterable[object]:
    """Return the annotation itself, or each member of a union, without the wrappings of pydantic."""
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (tuple, dict, Literal) or not get_args(annotation):
        return (annotation,)
    return [t for member in get_args(annotation) for t in _alternatives(member)]


def _is_model(annotation: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
