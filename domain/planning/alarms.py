"""Mail that did not arrive: the coordinator hears of it, or the manager when the coordinator's own mail is refused."""

from collections import defaultdict

from domain.contacts import recipient
from domain.dossier import Message, Told
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context


def alarms(ctx: Context) -> list[Draft]:
    """Return one message per person to be told, with every refused message not yet reported."""
    if not ctx.may_send:
        return []
    found: dict[str, list[Message]] = defaultdict(list)
    for message in ctx.dossier.outbox:
        if message.status == "refused" and (role := _whom(ctx, message)) is not None:
            found[role].append(message)
    drafts = []
    for role, refused in found.items():
        told = [Told(about=_about(message), stage="now") for message in refused]
        details = [_detail(ctx, message) for message in refused]
        detail = Text(fr="\n".join(d.fr for d in details), en="\n".join(d.en for d in details))
        drafts.append(
            draft(ctx, recipient(ctx.s, role), Content("undelivered", told=told, detail=detail), ctx.slot)
        )
    return drafts


def _about(message: Message) -> str:
    return f"undelivered/{message.id}"


def _whom(ctx: Context, message: Message) -> str | None:
    """Return the role that hears of it: the coordinator, else the manager; None when told, or when nobody is left.

    An alarm that is itself refused is no alarm: what it said goes to the next one.
    """
    alarms_about = [m for m in ctx.dossier.outbox if any(told.about == _about(message) for told in m.told)]
    if message.kind == "undelivered" or any(m.status != "refused" for m in alarms_about):
        return None
    deaf = {message.address.casefold(), *(m.address.casefold() for m in alarms_about)}
    convention = ctx.dossier.convention
    for role in (convention.coordinator, convention.manager):
        if recipient(ctx.s, role).address.casefold() not in deaf:
            return role
    return None


def _detail(ctx: Context, message: Message) -> Text:
    function = (
        ctx.s.convention.roles[message.role].function
        if message.role in ctx.s.convention.roles
        else message.role
    )
    return Text(
        fr=f"Un message du {message.at.astimezone(ctx.s.zone):%d/%m/%Y} destiné à « {function} » n’a pas été remis : "
        f"{message.detail or 'refusé par le serveur'}. Vérifiez l’adresse, puis prévenez cette personne autrement.",
        en=f"A message of {message.at.astimezone(ctx.s.zone):%Y-%m-%d} to “{function}” was not delivered: "
        f"{message.detail or 'refused by the server'}. Check the address, and tell that person by other means.",
    )
