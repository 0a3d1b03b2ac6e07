"""Wherever an end is shown, a term that renews itself says what happens: no unknown end, no word for two days."""

from datetime import date

import pytest

from echeancier.domain.afterwards.follow_on import follow_on
from echeancier.domain.agenda.end_shown import BOUND_UNTIL, LAST_DAY
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.letter_fields import LetterFields, LetterRefusedError
from echeancier.domain.facts.letters import NoticeWithdrawn
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.letters.committee_file import pack_of
from echeancier.domain.letters.renewal import RenewalLetter
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.early_end import why_it_ends
from echeancier.domain.messages.family import news
from echeancier.domain.messages.opening import end_is_near_on
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.messages.search import attributes, details
from echeancier.domain.overview.digest import Robot, digests
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.rehearsal.player import lived_until
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.support.door import running, small, take
from tests.support.tacit import agenda_on, context_of, denied, instant, renewing, situation_of

FIRST, SECOND, LAST = date(2023, 2, 28), date(2024, 2, 29), date(2025, 2, 28)


@pytest.mark.parametrize(("day", "shown", "renews"), [
    ("2022-06-01", FIRST, True),
    ("2023-01-20", SECOND, True),  # too late to stop the first renewal
    ("2024-03-10", LAST, False),  # the last period has begun: it ends by itself
])  # fmt: skip
def test_the_day_shown_and_its_words_follow_the_period(day: str, shown: date, *, renews: bool) -> None:
    end = agenda_on(renewing(), day).end
    assert (end.day, end.renews_itself, end.label) == (shown, renews, BOUND_UNTIL if renews else LAST_DAY)
    assert (end.words.fr, end.words.en) == (("engagés jusqu’au", "bound until") if renews else ("fin le", "ends on"))
    assert end.says is not None
    assert (end.latest, end.latest_label.fr) == (LAST if renews else None, "au plus tard, reconductions comprises")


def test_any_other_term_shows_its_last_day_and_no_sentence() -> None:
    end = agenda_on(running(), "2022-06-01").end
    assert (end.day, end.label, end.says, end.latest) == (date(2022, 12, 31), LAST_DAY, None, None)


def test_a_term_without_a_last_day_says_so_in_its_place_and_renews_nothing() -> None:
    dossier = running(small(term={"unlimited": True, "clauses": ["T.1"]}))
    end = agenda_on(dossier, "2022-06-01").end
    assert (end.day, end.renews_itself, end.label) == (None, False, LAST_DAY)
    assert end.instead is not None
    assert end.instead.fr.startswith("Durée indéterminée")
    assert not attributes(context_of(dossier, "2022-06-01")).renews_itself
    assert pack_of(situation_of(dossier, "2022-06-01")).without_day == end.instead.fr
    (order, *_) = (
        one for one, _ in make_plan(dossier, instant("2022-03-02"), DEFAULT_POLICY).says if one.kind == "opening"
    )
    assert (order.bound_until, order.renews) == (None, end.instead)


def test_a_denied_one_shows_its_last_day_again() -> None:
    end = agenda_on(denied(renewing()), "2022-11-10").end
    assert (end.day, end.renews_itself, end.latest) == (FIRST, False, LAST)
    assert end.says is not None
    assert end.says.fr == "Dénoncée : s’achève le 28/02/2023"


def test_a_search_finds_the_day_until_which_it_binds_and_that_it_renews_itself() -> None:
    found = attributes(context_of(renewing(), "2022-06-01"))
    assert (found.end_of_term, found.renews_itself, found.status) == (FIRST, True, "in-force")
    found = attributes(context_of(denied(renewing()), "2022-11-10"))
    assert (found.end_of_term, found.renews_itself, found.status) == (FIRST, False, "denied")


def test_the_page_of_the_engine_says_what_happens_then() -> None:
    told = details(context_of(renewing(), "2022-06-01"))
    assert "effet 01/03/2022, engagés jusqu’au 28/02/2023" in told
    assert "Reconduite jusqu’au 29/02/2024 si personne n’écrit" in told
    assert "fin inconnu" not in told


def test_the_digest_says_what_is_to_be_decided_of_what_renews_itself_by_the_day_of_its_letter() -> None:
    ctx = context_of(renewing(), "2022-10-03")
    letters = {item.key: item.safe_day for item in ctx.agenda.items if item.kind == "notice" and item.safe_day}
    found = decisions(ctx)
    assert found
    assert all(letters[key] == day for key, day in found.items())
    denied_one = context_of(denied(renewing()), "2022-11-10")
    assert not set(decisions(denied_one)) & {item.key for item in denied_one.agenda.items if item.kind == "notice"}


def decisions(ctx: Context) -> dict[str, date | None]:
    """By the key of the item, the days of what the digest says is to be decided, near or far."""
    found = digests([ctx], ctx.now, DigestHours(), Robot(), ["accueil@ville.example"], whenever=True)
    lines = [line for one in found for name in ("decide", "ahead") for line in one.sections.get(name, ())]
    return {line.of[0].item: line.day for line in lines if line.of[0].item.startswith("notice/")}


def test_the_first_message_carries_the_day_and_the_sentence() -> None:
    plan = make_plan(renewing(), instant("2022-03-02"), DEFAULT_POLICY)
    (order, *_) = (one for one, _ in plan.says if one.kind == "opening")
    assert (order.ends_on, order.bound_until) == (None, FIRST)
    assert order.renews is not None
    assert order.renews.fr.startswith("Reconduite jusqu’au 29/02/2024 si personne n’écrit")
    plan = make_plan(running(), instant("2022-03-02"), DEFAULT_POLICY)
    (order, *_) = (one for one, _ in plan.says if one.kind == "opening")
    assert (order.ends_on, order.bound_until, order.renews) == (date(2022, 12, 31), None, None)


def test_nobody_hears_that_the_end_is_near_while_nothing_ends() -> None:
    assert end_is_near_on(context_of(renewing(), "2022-06-01")) is None


def test_a_denial_is_not_called_a_termination() -> None:
    told = why_it_ends(context_of(denied(renewing()), "2022-11-10"), FIRST)
    assert told.fr.startswith("La convention prend fin par dénonciation : ")
    assert told.en.startswith("The convention ends because its renewal was denied: ")


def test_the_file_of_a_session_says_until_when_it_binds() -> None:
    pack = pack_of(situation_of(renewing(), "2022-06-01"))
    assert (pack.ends_on, pack.bound_until) == ("", "28\u00a0février\u00a02023")


def test_what_follows_begins_after_the_last_end_of_all_and_nothing_follows_what_has_none() -> None:
    assert follow_on(situation_of(renewing(), "2022-06-01")).convention.effect.on == date(2025, 3, 1)
    with pytest.raises(EcheancierError, match="se reconduit d’elle-même : "):
        follow_on(situation_of(renewing(cap=None), "2022-06-01"))


def test_no_letter_proposes_to_renew_what_renews_itself_without_limit() -> None:
    with pytest.raises(LetterRefusedError, match="se reconduit d’elle-même : "):
        RenewalLetter.draft(situation_of(renewing(cap=None), "2022-06-01"), "", LetterFields())


# -- what its annexes are told ------------------------------------------------------------------------------------------------


def told(dossier: Dossier, day: str) -> list[ParentEnds]:
    """Tell an annex what it was not told yet, and remember it."""
    dossier.annexes = ["ANNEX"]
    found = [one for one in news(context_of(dossier, day)) if isinstance(one.fact, ParentEnds)]
    for one in found:
        dossier.told_annexes.setdefault("ANNEX", []).append(one.about)
    return [one.fact for one in found if isinstance(one.fact, ParentEnds)]


def test_an_annex_is_told_the_last_end_of_all_then_the_one_that_a_denial_brings() -> None:
    dossier = renewing()
    assert told(dossier, "2022-06-01") == [ParentEnds(on=LAST, why="term")]
    assert told(dossier, "2023-06-01") == []
    assert told(denied(dossier), "2022-11-10") == [ParentEnds(on=FIRST, why="terminated")]


def test_of_a_term_without_end_an_annex_is_told_nothing_until_a_denial_which_may_be_withdrawn() -> None:
    dossier = renewing(cap=None)
    assert told(dossier, "2022-06-01") == []
    assert told(denied(dossier), "2022-11-10") == [ParentEnds(on=FIRST, why="terminated")]
    letter = next(r.id for r in dossier.facts if r.fact.kind == "letter-posted")
    take(dossier, NoticeWithdrawn(on=date(2022, 11, 14), letter=letter))
    assert told(dossier, "2022-11-15") == [ParentEnds(on=FIRST, why="term")]
    assert told(dossier, "2023-01-20") == [ParentEnds(on=SECOND, why="term")]


# -- how long a rehearsal of it lasts -----------------------------------------------------------------------------------------


def test_a_rehearsal_goes_on_to_the_cap_and_through_one_renewal_where_there_is_none() -> None:
    assert lived_until(situation_of(renewing(), "2022-06-01")) is None
    endless = renewing(cap=None)
    assert [lived_until(situation_of(endless, day)) for day in ("2022-06-01", "2023-06-01", "2024-06-01")] == [
        SECOND
    ] * 3
