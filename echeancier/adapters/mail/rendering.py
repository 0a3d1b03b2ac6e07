"""Messages put into words: an order in, a finished mail out; the same order always gives the same mail."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from echeancier.adapters.mail.links import NO_LINKS, MailLinks, SigningKeys
from echeancier.adapters.mail.markup import Block, blocks_of, guarded, marked
from echeancier.adapters.mail.meeting_calendar import calendar_part
from echeancier.adapters.mail.plain import plain_text
from echeancier.adapters.mail.typesetting import fitted, typeset
from echeancier.adapters.mail.view import local_to, values_of
from echeancier.domain.answers.reply import header_mark, return_token
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.text import checked_address, shortened
from echeancier.domain.typography import in_language

SUBJECT_ROOM = 60
"""Characters of a subject: what a mail program shows of it in a list."""

_WEB_ADDRESS = re.compile(r"https?://[!-~]+")
_REFERENCE_ROOM = 22


class Renderer:
    """Writes mails from the templates of the ``templates`` package.

    Args:
        sender: who writes, and who organises the meetings: one permanent mailbox that somebody reads.
        bounce_address: where delivery failures arrive; a mark of the message is added before its « @ ».
        message_domain: the domain of our Message-IDs.
        desk_url: address of the web desk, shown only to whoever runs the convention.
        keys: prove that a return address is one of ours.
        links: writes the one-click links; without it mails carry none and say how to answer by mail.
        time_zone: zone in which an instant given in UTC is shown.

    Raises:
        ValueError: An address cannot be used.
    """

    def __init__(
        self,
        sender: Mailbox,
        bounce_address: str,
        message_domain: str,
        desk_url: str | None = None,
        *,
        keys: SigningKeys,
        links: MailLinks | None = None,
        time_zone: str = "Europe/Paris",
    ) -> None:
        self._sender = sender
        self._bounces = checked_address(bounce_address).rpartition("@")
        self._domain = message_domain
        self._desk_url = desk_url
        self._keys = keys
        self._links = links
        self._time_zone = time_zone

    def render(self, order: MessageOrder) -> OutgoingMail:
        """Return the mail of an order: subject, text, HTML and, for a meeting, its calendar file.

        Raises:
            ValueError: The order holds an unusable address, or a meeting to which nobody is invited.
        """
        language = order.to.language
        local = local_to(order.meeting.time_zone if order.meeting else self._time_zone)
        words = self._worded(order, local)
        invitation = order.meeting is not None and mail_of(order.kind).is_event
        return OutgoingMail(
            message_id=self._message_id("message", order.id),
            sender=self._sender,
            recipient=Mailbox(name=order.to.function, address=order.to.address),
            reply_to=None if invitation else self._reply_to(order),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=language,
            date=local(order.at),
            thread_root=None if invitation else self._message_id("convention", order.reference),
            calendar=calendar_part(order.meeting, self._sender, order.reference)
            if order.meeting is not None and invitation
            else None,
        )

    def render_day(self, mail: DayMail) -> OutgoingMail:
        """Return the mail of a day: what one or several conventions have to say to one person.

        Raises:
            ValueError: It holds an unusable address, or has nothing to say.
        """
        if not mail.parts:
            raise ValueError("un courriel du jour sans rien à dire")
        language = mail.to.language
        local = local_to(self._time_zone)
        wordings = [self._worded(part, local) for part in mail.parts]
        first = wordings[0]
        if len(wordings) > 1:
            first = several(tuple(wordings), language)
        one_convention = len({part.reference for part in mail.parts}) == 1
        return OutgoingMail(
            message_id=self._message_id("message", mail.id),
            sender=self._sender,
            recipient=Mailbox(name=mail.to.function, address=mail.to.address),
            reply_to=self._reply_to(mail.parts[0]),
            subject=first.subject,
            text=first.text,
            html=first.html,
            language=language,
            date=local(mail.at),
            thread_root=self._message_id("convention", mail.parts[0].reference) if one_convention else None,
        )

    def _worded(self, order: MessageOrder, local: Callable[[datetime], datetime]) -> "Wording":
        links = NO_LINKS if self._links is None else self._links.of(order)
        prefix = f"[{shortened(order.reference, _REFERENCE_ROOM)}] "
        return worded(order.kind, order.to.language, values_of(order, self._desk_url, local, links), prefix=prefix)

    def return_path(self, message_id: str) -> str:
        """Return the address that receives the failures of one message; it tells nothing about anybody.

        Args:
            message_id: the id of the message's order.

        Raises:
            LinkKeysError: the key that proves it is ours cannot be read.
        """
        local, _, domain = self._bounces
        return f"{local}+{return_token(message_id, self._keys.current())}@{domain}"

    def envelope_from(self, order: MessageOrder) -> str:
        """Return the address that receives the failures of an order's mail."""
        return self.return_path(order.id)

    def _reply_to(self, order: MessageOrder) -> Mailbox | None:
        function, address = order.ask
        if address.casefold() == order.to.address.casefold():
            return None
        return Mailbox(name=function, address=address)

    def _message_id(self, what: str, name: str) -> str:
        return f"<{header_mark(what, name)}@{self._domain}>"


@dataclass(frozen=True)
class Wording:
    """A mail in words: its subject, its text, the page that says the same, and the blocks both are made of."""

    subject: str
    text: str
    html: str
    blocks: tuple[Block, ...]


def worded(kind: str, language: str, values: Mapping[str, object], *, prefix: str = "") -> Wording:
    """Return a mail in words, from the template of its kind in a language and the layout that all share.

    Above the title of a template stand the wordings of its subject, one a line, the fullest first: the first that fits is
    taken, and the last one is cut when none does.

    Args:
        kind: of mail; its template has that name.
        language: of the reader.
        values: what the template names.
        prefix: begins the subject.
    """
    source = environment(html=False).get_template(f"{language}/{kind}.txt").render(values)
    above, mark, text = source.partition("\n= ")
    blocks = tuple(typeset(block, language) for block in blocks_of(mark + text))
    room = SUBJECT_ROOM - len(prefix) - (1 if prefix else 0)
    wordings = [line for line in above.split("\n") if line.strip(" ")]
    fitting = (fitted(line, room, language) for line in wordings)
    subject = prefix + (next(filter(None, fitting), "") or shortened(in_language(wordings[-1], language), room))
    return _laid_out(subject, blocks, language)


def several(wordings: tuple[Wording, ...], language: str) -> Wording:
    """Return several mails to one person as one, in their order."""
    subject = shortened(in_language(f"{wordings[0].subject} (+{len(wordings) - 1})", language), SUBJECT_ROOM)
    return _laid_out(subject, tuple(block for one in wordings for block in one.blocks), language)


def _laid_out(subject: str, blocks: tuple[Block, ...], language: str) -> Wording:
    page = environment(html=True).get_template("layout.html")
    html = page.render(language=language, title=subject, blocks=blocks)
    return Wording(subject, plain_text(blocks, language), html, blocks)


@cache
def environment(*, html: bool) -> Environment:
    """Return what reads the templates of the mails: their words, or with ``html`` the page they stand in."""
    environment = Environment(
        loader=PackageLoader("echeancier"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html",), default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A value is words on one line: it cannot start a heading, a table or another line.
        finalize=None if html else guarded,
    )
    if not html:
        environment.globals |= {
            "cut": lambda words: marked("cut", words),
            "code": lambda words: marked("code", words),
            "french": lambda words: marked("french", words),
            "strong": lambda words: marked("strong", words),
            "mail_to": lambda address: marked("link", address, f"mailto:{address}"),
            "link": _link,
        }
    return environment


def _link(target: str, words: str) -> str:
    """A link, when the address is one that a browser opens; otherwise what was given, as it is."""
    return marked("link", words, target) if _WEB_ADDRESS.fullmatch(target) else target
