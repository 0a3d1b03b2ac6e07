"""Mail that did not arrive: the coordinator hears of it, or the manager when the coordinator's own mail is refused."""

from domain.contacts import recipient
from domain.dossier import Message, Told
from domain.model import Text
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context


def alarms(ctx: Context) -> list[Draft]:
    """Return one message per refused message not yet reported."""
    if not ctx.may_send:
        return []
    drafts = []
    for message in ctx.dossier.outbox:
        about = f"undelivered/{message.id}"
        if message.status != "refused" or message.kind == "undelivered" or _reported(ctx, about):
            continue
        to = recipient(ctx.s, _whom(ctx, message))
        content = Content("undelivered", told=[Told(about=about, stage="now")], detail=_detail(ctx, message))
        drafts.append(draft(ctx, to, content, ctx.slot))
    return drafts


def _reported(ctx: Context, about: str) -> bool:
    return any(told.about == about for m in ctx.dossier.outbox for told in m.told)


def _whom(ctx: Context, message: Message) -> str:
    convention = ctx.dossier.convention
    coordinator = convention.roles[convention.coordinator].address.casefold()
    return convention.manager if message.address.casefold() == coordinator else convention.coordinator


def _detail(ctx: Context, message: Message) -> Text:
    function = ctx.s.convention.roles[message.role].function if message.role in ctx.s.convention.roles else message.role
    return Text(
        fr=f"Un message du {message.at.astimezone(ctx.s.zone):%d/%m/%Y} destiné à « {function} » n’a pas été remis : "
        f"{message.detail or 'refusé par le serveur'}. Vérifiez l’adresse, puis prévenez cette personne autrement.",
        en=f"A message of {message.at.astimezone(ctx.s.zone):%Y-%m-%d} to “{function}” was not delivered: "
        f"{message.detail or 'refused by the server'}. Check the address, and tell that person by other means.",
    )
