"""The facts that say who holds a role, in words: an absence, a successor."""

from domain.door.help import KindHelp, dated, field

_ROLE = field("role", "name", "le rôle, comme coordinator", "the role, as in coordinator", must=True)

ROLES: tuple[KindHelp, ...] = (
    dated(
        "away",
        "le titulaire d’un rôle est absent : son remplaçant reçoit son courrier",
        "whoever holds a role is away: its substitute gets its mail",
        "premier jour d’absence",
        "first day away",
        _ROLE,
        field("until", "day", "dernier jour d’absence", "last day away", must=True),
    ),
    dated(
        "role-changed",
        "un rôle change de titulaire ou d’adresse",
        "a role has another holder, or another address",
        "premier jour où la nouvelle adresse compte",
        "first day on which the new address counts",
        _ROLE,
        field("address", "text", "la nouvelle adresse", "the new address", must=True),
        field(
            "function",
            "text",
            "le nom de la fonction, s’il change",
            "the name of the function, if it changes",
        ),
        field(
            "language",
            "choice",
            "la langue de ses courriels, si elle change",
            "the language of its mail, if it changes",
            choices=("fr", "en"),
        ),
    ),
)
"""In the order in which they happen."""
