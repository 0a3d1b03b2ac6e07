"""What the desk is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from echeancier.adapters.stores.address_book import AddressBook, AddressBookError
from echeancier.adapters.stores.drafts import Drafts
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.adapters.web.rate_limits import RateLimits
from echeancier.desk.book.telling import BookTelling
from echeancier.desk.deadlines.lines import PLACE
from echeancier.desk.imports.job import Jobs
from echeancier.desk.purge.purges import PurgeDoor
from echeancier.desk.reading.dossiers import Shelf
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.rehearsal.rehearsals import Rehearsals
from echeancier.desk.series.job import SeriesJobs
from echeancier.desk.sign_in.way_in import SignIn
from echeancier.desk.stuck.watch import Watch
from echeancier.desk.tokens import Tokens
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.model import Text
from echeancier.domain.ports import DocumentStore
from echeancier.domain.terms.policy import Policy
from echeancier.feeds.reading import Calendars

FORMS = "120/minute;1500/hour"
"""Forms sent by one session, or one machine where nobody signs in: more than hands can do."""


@dataclass(frozen=True)
class Desk:
    """The parts that every page uses.

    Attributes:
        register: the running conventions.
        clock: the present instant, aware.
        policy: our lead times, those of the worker.
        drafts: conventions being typed.
        rehearsals: whole lives, played before anything starts.
        watch: what is stuck.
        imports: sheets of existing conventions, checked and started.
        series: several conventions of one deliberation, that begin together.
        documents: where the final text of letters is kept, None where the desk cannot reach it.
        purges: of the files that closed, None where the desk cannot reach them.
        https: people reach it over TLS.
        forms: how many forms one person may send.
        feeds: the calendars that people subscribe to, and ``calendars`` what makes their files.
        feeds_url: public address of the feeds, empty without one.
        book: the address book of functions, and ``telling`` what tells conventions of its changes.
        went: what to say besides, once, of a form that was taken: where it went too, by the form's own request.
    """

    register: DeskRegister
    clock: Callable[[], datetime]
    policy: Policy
    sign_in: SignIn
    tokens: Tokens
    shelf: Shelf
    drafts: Drafts
    rehearsals: Rehearsals
    imports: Jobs
    series: SeriesJobs
    watch: Watch
    documents: DocumentStore | None
    feeds: FeedStore
    calendars: Calendars
    feeds_url: str
    book: AddressBook
    telling: BookTelling
    purges: PurgeDoor | None = None
    https: bool = False
    went: dict[str, Text] = field(default_factory=dict)
    forms: RateLimits = field(default_factory=lambda: RateLimits(FORMS))

    def known_functions(self) -> tuple[BookEntry, ...]:
        """Return the functions of the address book that exist today, by institution; none while the book cannot be read.

        Nothing is asked of the engine: what cannot be read is said by the pages of the book and in ``/healthz``.
        """
        try:
            return tuple(one for one in self.book.all() if not one.is_over(self.clock().astimezone(PLACE).date()))
        except AddressBookError:
            return ()

    def keep_in(self, app: FastAPI) -> None:
        """Give the desk to an application's pages."""
        app.state.desk = self


def desk_of(connection: HTTPConnection) -> Desk:
    """Return the desk that answers a request."""
    found: object = connection.app.state.desk
    assert isinstance(found, Desk)  # noqa: S101 - create_app put it there
    return found
