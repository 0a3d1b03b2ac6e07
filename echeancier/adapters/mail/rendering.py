"""Messages put into words: an order or a day in, a finished mail out; the same one always gives the same mail."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from typing import Any

from echeancier.adapters.mail.line_view import LineView, named_once
from echeancier.adapters.mail.links import NO_LINKS, Links, MailLinks, SigningKeys
from echeancier.adapters.mail.markup import Block
from echeancier.adapters.mail.meeting_calendar import calendar_part
from echeancier.adapters.mail.refusals_view import refused_views
from echeancier.adapters.mail.subjects import first_that_fits, of_lines, with_more
from echeancier.adapters.mail.view import local_to, runs_it, values_of
from echeancier.adapters.mail.wording import PartSaid, Wording, blocks, headed, laid_out, part_of
from echeancier.domain.answers.reply import header_mark, return_token
from echeancier.domain.dates.words import in_words
from echeancier.domain.messages.day_mail import DayMail
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.messages.opening import OpeningMessage
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.reminders import Reminders
from echeancier.domain.messages.undelivered import Undelivered
from echeancier.domain.text import checked_address

_MERGED = ("lines", "questions", "letters", "enclosed", "heard")
"""What the reminders of several conventions put together."""


class Renderer:
    """Writes mails from the templates of the ``templates`` package.

    Args:
        sender: who writes, and who organises the meetings: one permanent mailbox that somebody reads.
        bounce_address: where delivery failures arrive; a mark of the message is added before its « @ ».
        message_domain: the domain of our Message-IDs.
        desk_url: address of the web desk, shown only to whoever runs the convention.
        keys: prove that a return address is one of ours.
        links: writes the one-click links; without it mails carry none and say how to answer by mail.
        answers_come_back: whether the mailbox of the return addresses is read: answers then go there too.
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
        answers_come_back: bool = False,
        time_zone: str = "Europe/Paris",
    ) -> None:
        self._sender = sender
        self._bounces = checked_address(bounce_address).rpartition("@")
        self._domain = message_domain
        self._desk_url = desk_url
        self._keys = keys
        self._links = links
        self._answers_come_back = answers_come_back
        self._time_zone = time_zone

    def render(self, order: MessageOrder) -> OutgoingMail:
        """Return the mail of an order that leaves alone: subject, text, HTML and, for a meeting, its calendar file.

        Raises:
            ValueError: The order holds an unusable address, or a meeting to which nobody is invited.
        """
        invitation = order.meeting is not None and mail_of(order.kind).is_event
        zone = order.meeting.time_zone if order.meeting else self._time_zone
        said = self._said((order,), local_to(zone))
        words = said.alone()
        return OutgoingMail(
            message_id=self._message_id("message", order.id),
            sender=self._sender,
            recipient=Mailbox(name=order.to.function, address=order.to.address),
            reply_to=() if invitation else self._reply_to((order,), order.id),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=order.to.language,
            date=local_to(zone)(order.at),
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
        local = local_to(self._time_zone)
        words = self._said(mail.parts, local).alone()
        one_convention = len({part.reference for part in mail.parts}) == 1
        return OutgoingMail(
            message_id=self._message_id("message", mail.id),
            sender=self._sender,
            recipient=Mailbox(name=mail.to.function, address=mail.to.address),
            reply_to=self._reply_to(mail.parts, mail.id),
            subject=words.subject,
            text=words.text,
            html=words.html,
            language=mail.to.language,
            date=local(mail.at),
            thread_root=self._message_id("convention", mail.parts[0].reference) if one_convention else None,
        )

    def told_inside(self, parts: tuple[MessageOrder, ...]) -> tuple[Block, ...]:
        """Return what parts say as blocks, without greeting nor foot, for a mail that says something else first."""
        return self._said(parts, local_to(self._time_zone)).inside() if parts else ()

    def return_path(self, message_id: str) -> str:
        """Return the address that receives the failures of one message; it tells nothing about anybody.

        Args:
            message_id: the id of the message's order, or of the mail of a day.

        Raises:
            LinkKeysError: the key that proves it is ours cannot be read.
        """
        local, _, domain = self._bounces
        return f"{local}+{return_token(message_id, self._keys.current())}@{domain}"

    def envelope_from(self, order: MessageOrder) -> str:
        """Return the address that receives the failures of an order's mail."""
        return self.return_path(order.id)

    def _said(self, orders: tuple[MessageOrder, ...], local: Callable[[datetime], datetime]) -> "_Said":
        links = [NO_LINKS if self._links is None else self._links.of(order) for order in orders]
        values = [values_of(order, self._desk_url, local, found) for order, found in zip(orders, links, strict=True)]
        return _Said(orders, tuple(values), any(map(_has_some, links)), self._desk_url)

    def _reply_to(self, orders: tuple[MessageOrder, ...], message_id: str) -> tuple[Mailbox, ...]:
        """Whoever runs the conventions spoken of, and the return address of this very mail where its mailbox is read."""
        people = {order.ask[1].casefold(): order.ask for order in orders if not runs_it(order)}
        found = [Mailbox(name=function, address=address) for function, address in people.values()]
        if self._answers_come_back:
            found.append(Mailbox(name=self._sender.name, address=self.return_path(message_id)))
        return tuple(found)

    def _message_id(self, what: str, name: str) -> str:
        return f"<{header_mark(what, name)}@{self._domain}>"


def _has_some(links: Links) -> bool:
    return bool(links.answers or links.by_item)


@dataclass(frozen=True)
class _Said:
    """What one or several orders say to one person.

    Attributes:
        values: of each order.
        has_links: whether something can be said in one click.
        desk: its address, None without one.
    """

    orders: tuple[MessageOrder, ...]
    values: tuple[Mapping[str, Any], ...]
    has_links: bool
    desk: str | None

    @property
    def language(self) -> str:
        return self.orders[0].to.language

    def alone(self) -> Wording:
        """Return them as a whole mail: greeting, what is said, whom to ask."""
        parts = self._parts()
        found = (
            *blocks("_greeting", self.language, {}),
            *_body(parts, titled=len(parts) > 1 or parts[0][0] == OpeningMessage.kind),
            *blocks("_foot", self.language, self._foot()),
        )
        return laid_out(first_that_fits(self._subject(parts), self.language), headed(found), self.language)

    def inside(self) -> tuple[Block, ...]:
        """Return them without greeting nor foot, each under its title, beside headings of the second level."""
        return tuple(
            replace(block, level=2) if block.kind == "heading" and block.level == 1 else block
            for block in _body(self._parts(), titled=True)
        )

    def _parts(self) -> list[tuple[str, PartSaid]]:
        """The reminders of all conventions first, as one part; then whatever else each has to say.

        What several say of an address that refuses is one part too, where the first of them stands.
        """
        pairs = list(zip(self.orders, self.values, strict=True))
        calls = [values for order, values in pairs if order.kind == Reminders.kind]
        found = [(Reminders.kind, part_of(Reminders.kind, self.language, self._merged(calls)))] if calls else []
        for order, values in pairs:
            if order.kind == Reminders.kind:
                continue
            alike = self._alarms_like(order)
            if len(alike) < 2:
                found.append((order.kind, part_of(order.kind, self.language, values)))
            elif order is alike[0]:
                found.append((order.kind, self._of_refusals(alike)))
        return found

    def _alarms_like(self, one: MessageOrder) -> list[MessageOrder]:
        """The alarms about mail that was not delivered, or that our settings hold back, when it is one of them."""
        if one.kind != Undelivered.kind or not one.refusals:
            return []
        return [order for order in self.orders if order.refusals and order.reason == one.reason]

    def _of_refusals(self, alarms: list[MessageOrder]) -> PartSaid:
        desk = self.desk if all(map(runs_it, alarms)) else None
        values = {
            "reason": alarms[0].reason,
            "number_of": len({order.reference for order in alarms}),
            "refused": refused_views(alarms, desk, self.language),
            "heard": tuple(said.in_language(self.language) for order in alarms for said in order.heard),
        }
        return part_of("_refusals", self.language, values)

    def _merged(self, calls: list[Mapping[str, Any]]) -> dict[str, Any]:
        merged: dict[str, Any] = dict(calls[0])
        for name in _MERGED:
            merged[name] = tuple(chain.from_iterable(one[name] for one in calls))
        lines = named_once(sorted(merged["lines"], key=lambda line: line.rank))
        return merged | {"lines": lines, "subjects": of_lines(lines, self.language) if lines else ()}

    def _subject(self, parts: list[tuple[str, PartSaid]]) -> Iterable[str]:
        first, *others = parts
        if not others:
            return first[1].wordings
        lines: list[LineView] = sorted(
            (line for one in self.values for line in one["lines"] if line.to_do),
            key=lambda line: line.rank,
        )
        besides = sum(mail_of(kind).asks for kind, _ in parts)
        if len(lines) + besides > 1 and lines:
            return of_lines(lines, self.language, besides)
        return with_more(first[1].wordings, len(others), self.language)

    def _foot(self) -> dict[str, Any]:
        first, language = self.orders[0], self.language
        due = [
            values["lines"]
            for order, values in zip(self.orders, self.values, strict=True)
            if order.meeting is None and not mail_of(order.kind).only_names
        ]
        lines: list[LineView] = list(chain.from_iterable(due))
        buttons = self.has_links or any(line.buttons for line in lines)
        asked = {order.ask[1].casefold(): order.ask for order in self.orders if not runs_it(order)}
        return {
            "asked": tuple(asked.values()),
            "has_links": self.has_links,
            "has_buttons": buttons,
            "to_do": any(line.to_do for line in lines),
            "asks_itself": len(self.orders) == 1 and first.kind == "question",
            "is_event": mail_of(first.kind).is_event,
            "in_hours": any(line.stage == "hours" for line in lines),
            "trace": lines[0].trace if len(lines) == 1 and not buttons and lines[0].to_do else "",
            "stands_in_for": tuple((name, in_words(until, language)) for name, until in first.stands_in_for),
        }


def _body(parts: list[tuple[str, PartSaid]], *, titled: bool) -> tuple[Block, ...]:
    found: list[Block] = []
    for _, part in parts:
        found += (*(part.title if titled else ()), *part.body)
    return tuple(found)
