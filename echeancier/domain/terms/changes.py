"""What an amendment changes in the terms: a piece of the file, its blocks by their id, and the terms once it counts.

A key is replaced whole by the value the piece gives it; empty (``""``), the key, or the whole block, is taken away. A block whose
id is new is added.
"""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, JsonValue, ValidationError

from echeancier.domain.model import Slug
from echeancier.domain.terms.checks import cited_clauses
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.model_problems import problems_in_french

AMENDED_BLOCKS: Final = (
    "duty",
    "event_duty",
    "one_off",
    "end_duty",
    "window",
    "payment",
    "termination",
    "event",
    "clause",
)
"""The blocks that an amendment may change: what is owed, what is paid, the notice, and the articles that say so."""

_LONGEST: Final = 40_000
"""Characters of the changes of one amendment: a whole convention of those known to us has six thousand."""

_IN_PLACE_OF_IT: Final = {
    "reference": "une référence ne change jamais ; une nouvelle convention a la sienne et dit ce qu’elle suit (follows)",
    "follows": "une nouvelle convention dit ce qu’elle suit ; rectifier les termes si elle a été mal saisie",
    "kind": "une autre nature est une autre convention : l’enregistrer, avec follows",
    "us": "une autre partie est une autre convention : l’enregistrer, avec follows",
    "parties": "un nouveau nom se dit par le fait « Nouveau nom d’une partie », une sortie par la lettre de qui sort ; une "
    "partie de plus : une nouvelle convention, avec follows",
    "roles": "qui tient un rôle se dit par le fait « Nouveau titulaire ou nouvelle adresse »",
    "term": "la nouvelle fin se dit par ends_on",
    "renewal": "une nouvelle fin se dit par ends_on ; une autre façon de renouveler, par une nouvelle convention (follows)",
    "effect": "la prise d’effet est passée ; l’avenant dit la sienne par effect",
    "act": "la convention est déjà autorisée et signée ; la délibération qui autorise l’avenant se garde avec lui",
    "signing": "la convention est déjà signée",
    "parent": "une autre convention mère est une autre annexe : l’enregistrer, avec follows",
    "title": "un titre mal saisi se rectifie avec les termes",
    "number": "un numéro mal saisi se rectifie avec les termes",
}
_OTHERWISE: Final = (
    "mal saisi, il se rectifie avec les termes ; changé par le papier, il demande une nouvelle convention (follows)"
)


class ChangesError(ValueError):
    """Changes that do not suit the terms; ``problems`` says each of them in French, with what would be right."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep the problems."""
        super().__init__(" ; ".join(problems))
        self.problems = problems


def plain(value: object) -> object:
    """Return a value of a file with its days and hours as text, so that what is kept is the same wherever it was read."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _piece(given: object) -> object:
    if given is None:
        return None
    if not isinstance(given, Mapping) or not given:
        raise ValueError(
            "un morceau du fichier est attendu, ses blocs par leur id, "
            "comme { termination = { preavis = { length = { months = 2 } } } }"
        )
    for block, pieces in given.items():
        if not isinstance(pieces, Mapping) or not pieces:
            raise ValueError(f"{block} : les blocs qui changent, par leur id, comme [{block}.son-id]")
        for name, piece in pieces.items():
            if piece != "" and (not isinstance(piece, Mapping) or not piece):
                raise ValueError(f'{block}.{name} : les clés qui changent, ou "" pour ôter tout le bloc')
    found = plain(given)
    if len(str(found)) > _LONGEST:
        raise ValueError(f"{_LONGEST} caractères au plus : ne donner que ce qui change")
    return found


Piece = Annotated[dict[str, JsonValue], BeforeValidator(_piece)]
"""A piece of a convention file: block → id → what changes in it."""


def changed_blocks(changes: Mapping[str, Any]) -> frozenset[Slug]:
    """Return the ids of what changes, its articles aside."""
    return frozenset(name for block, pieces in changes.items() if block != "clause" for name in pieces)


def changed_keys(changes: Mapping[str, Any]) -> dict[tuple[str, str, str], object]:
    """Return each key that changes, as (block, id, key), with its value; a block that goes away has the key ``""``."""
    found: dict[tuple[str, str, str], object] = {}
    for block, pieces in changes.items():
        for name, piece in pieces.items():
            found |= {(block, name, key): value for key, value in ({"": ""} if piece == "" else piece).items()}
    return found


def with_changes(convention: Convention, changes: Mapping[str, Any]) -> Convention:
    """Return the terms once the changes count; an article that nothing cites any more goes away with what cited it.

    Args:
        convention: the terms before.
        changes: a piece of the file.

    Raises:
        ChangesError: a block that no amendment changes, one that is not there, or a value that does not suit.
    """
    data = _data(convention)
    if problems := (*_not_ours(changes), *_merged(data, changes)):
        raise ChangesError(problems)
    try:
        after = Convention.model_validate(data)
    except ValidationError as error:
        raise ChangesError(problems_in_french(error, Convention, data)) from None
    before, now, given = set(cited_clauses(convention)), set(cited_clauses(after)), changes.get("clause", {})
    kept = tuple(one for one in after.clause if one.id in now or one.id not in before or one.id in given)
    return after if len(kept) in (0, len(after.clause)) else after.model_copy(update={"clause": kept})


def _data(convention: Convention) -> dict[str, Any]:
    return convention.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)


def _not_ours(changes: Mapping[str, Any]) -> Iterator[str]:
    for block in changes:
        if block not in AMENDED_BLOCKS:
            known = block in Convention.model_fields
            why = _IN_PLACE_OF_IT.get(block, _OTHERWISE) if known else f"on attend : {', '.join(AMENDED_BLOCKS)}"
            yield f"{block} : {'un avenant enregistré ne le change pas' if known else 'ce bloc n’existe pas'} ; {why}"


def _merged(data: dict[str, Any], changes: Mapping[str, Any]) -> Iterator[str]:
    for block in AMENDED_BLOCKS:
        blocks = {one["id"]: one for one in data.get(block, [])}
        for name, piece in changes.get(block, {}).items():
            known = blocks.get(name)
            if piece == "":
                if known is None:
                    yield f"{block}.{name} : il n’y en a pas à ôter{_among(blocks)}"
                blocks.pop(name, None)
                continue
            if piece.get("id", name) != name:
                yield f'{block}.{name} : un identifiant ne change pas ; ôter celui-ci ("") et en ajouter un autre'
            if known is None and _looks_like_a_change(piece):
                more = "un bloc de plus s’écrit en entier, avec title"
                yield f"{block}.{name} : il n’y en a pas à changer{_among(blocks)} ; {more}"
            said = {**(known or {}), **piece, "id": name}
            blocks[name] = {key: value for key, value in said.items() if value != ""}
        data[block] = [*blocks.values()]


def same_as_before(before: Convention, after: Convention, changes: Mapping[str, Any]) -> Iterator[str]:
    """Yield each key, as the file would name it, to which changes give the value that it had."""
    former, new = (
        {one: {x["id"]: x for x in data.get(one, [])} for one in AMENDED_BLOCKS} for data in map(_data, (before, after))
    )
    for block, name, key in changed_keys(changes):
        was, now = former[block].get(name), new[block].get(name)
        if was == now or (key and key != "id" and was is not None and now is not None and was.get(key) == now.get(key)):
            yield f"{block}.{name}.{key}"


def _looks_like_a_change(piece: Mapping[str, Any]) -> bool:
    """Whether it is no whole block: what is owed has a title, a notice says who, an article what it says."""
    return not {"title", "who", "says"} & piece.keys()


def _among(blocks: Mapping[str, Any]) -> str:
    return f" (au choix : {', '.join(blocks)})" if blocks else ""


def differences(before: Convention, after: Convention) -> dict[str, Any]:
    """Return the changes that lead from some terms to others: those of an amended file.

    Raises:
        ChangesError: they differ by what no amendment changes, or not at all.
    """
    former, new = _data(before), _data(after)
    others = {one for one in (*former, *new) if one not in AMENDED_BLOCKS and former.get(one) != new.get(one)}
    if problems := tuple(_not_ours(dict.fromkeys(sorted(others)))):
        raise ChangesError(problems)
    found: dict[str, Any] = {}
    for block in AMENDED_BLOCKS:
        blocks = [{one["id"]: one for one in data.get(block, [])} for data in (former, new)]
        pieces: dict[str, Any] = {}
        for name in dict.fromkeys((*blocks[0], *blocks[1])):
            was, now = (one.get(name) for one in blocks)
            if now is None and block != "clause":  # an article goes away with what cites it
                pieces[name] = ""
            elif now is not None and was != now:
                keys = dict.fromkeys((*(was or {}), *now))
                pieces[name] = {
                    key: now.get(key, "") for key in keys if key != "id" and (was or {}).get(key) != now.get(key)
                }
        if pieces:
            found[block] = pieces
    if not found:
        raise ChangesError(("ce fichier dit les mêmes termes que ceux d’avant : rien ne change",))
    return found
