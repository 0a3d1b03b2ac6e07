"""Writes the pictures of docs/mails.md: ``python -m tests.write_mail_pictures``, with chromium.

Each is a mail as the telephone of its reader shows it, cut where it ends.
"""

from datetime import date, datetime
from typing import Final

from echeancier.adapters.mail.rendering import Renderer
from echeancier.domain.messages.day_mail import DayMail, day_mail_id
from echeancier.domain.messages.mail import OutgoingMail
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Text
from tests.adapters.browser.seen import RENDERER, TELEPHONE, Scheme, browser, with_acts
from tests.adapters.orders import (
    PARIS,
    coordinator,
    letter_news,
    line,
    meeting,
    meeting_line,
    order,
    question,
    report_line,
    suspended,
)
from tests.adapters.replies import FixedKeys
from tests.adapters.test_rendering import SENDER
from tests.support.project_files import ROOT

IMAGES: Final = ROOT / "docs" / "images"
_BY_MAIL: Final = Renderer(SENDER, "retours@ville.example", "ville.example", keys=FixedKeys())
_DATA: Final = {
    "short": Text(fr="Données emploi", en="Employment data"),
    "covers": (date(2021, 4, 1), date(2021, 6, 30)),
}
_THREE_WEEKS_BEFORE: Final = datetime(2021, 6, 9, 8, 30, tzinfo=PARIS)
_THE_DAY_BEFORE: Final = datetime(2021, 6, 29, 8, 30, tzinfo=PARIS)


def _first_call(**changes: object) -> MessageOrder:
    return with_acts(order(at=_THREE_WEEKS_BEFORE, lines=(line(**_DATA, **changes),)))


def _several() -> OutgoingMail:
    late = report_line(stage="overdue", ours=True, short=Text(fr="Bilan annuel", en="Yearly report"))
    other = order(
        id="TCM-P/1", reference="TCM-P", title=Text(fr="Convention de la métropole", en="Convention"), to=coordinator(),
        lines=(meeting_line(stage="reminder", proposed=date(2021, 6, 15)),),
    )  # fmt: skip
    parts = (order(to=coordinator(), lines=(late,)), other)
    to = coordinator()
    return RENDERER.render_day(DayMail(id=day_mail_id(to.address, parts, None), to=to, at=parts[0].at, parts=parts))


def mails() -> dict[str, tuple[OutgoingMail, Scheme]]:
    """Return the ten mails of the page, by the name of their picture, and whether the screen is light or dark."""
    apart = {"safe_day": date(2021, 6, 25), "legal_last_day": date(2021, 6, 27)}
    incident = line(
        kind="incident", stage="notice", hours_left=33, safe_day=date(2021, 6, 10), legal_last_day=date(2021, 6, 10),
        legal_last_instant=datetime(2021, 6, 10, 17, 30, tzinfo=PARIS), title=Text(fr="Prévenir de la violation", en="Tell"),
        short=Text(fr="Violation de données", en="Data breach"), article="art. 6",
    )  # fmt: skip
    topics = (Text(fr="les recrutements à venir", en="hirings"), Text(fr="le forum de l’automne", en="the forum"))
    again = _first_call(stage="last-call", told_on=date(2021, 6, 9)).model_copy(update={"at": _THE_DAY_BEFORE})
    return {
        "premier-appel": (RENDERER.render(_first_call()), "light"),
        "second-appel": (RENDERER.render(again), "light"),
        "deux-jours": (RENDERER.render(_first_call(**apart)), "dark"),
        "par-courriel": (_BY_MAIL.render(_first_call()), "light"),
        "plusieurs": (_several(), "light"),
        "urgent": (RENDERER.render(with_acts(order(at=_THREE_WEEKS_BEFORE, lines=(incident,)))), "light"),
        "invitation": (RENDERER.render(order("invitation", meeting=meeting(topics=topics))), "light"),
        "question": (RENDERER.render(order("question", to=coordinator(), questions=(question(),), lines=())), "light"),
        "nouvelle": (RENDERER.render(order("news", news=(suspended(),), lines=())), "dark"),
        "lettre": (RENDERER.render(order("letter", to=coordinator(), letters=(letter_news(),))), "light"),
    }


def main() -> None:
    """Write them all."""
    with browser() as opened:
        for name, (sent, scheme) in mails().items():
            opened.show(sent, TELEPHONE, scheme)
            opened.picture(IMAGES / f"mail-{name}.png")


if __name__ == "__main__":
    main()
