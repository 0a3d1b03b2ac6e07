"""What happens at the end of a term, in the one sentence that stands wherever its end does."""

from datetime import date

from echeancier.domain.agenda.procedure import side_name
from echeancier.domain.agenda.tacit import advice_for, next_end
from echeancier.domain.dates.notice import PostingAdvice
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.event_words import events_quoted
from echeancier.domain.model import Text
from echeancier.domain.standing import renewals
from echeancier.domain.standing.first_ends import day_of_end
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Termination


def end_sentence(s: Situation) -> Text | None:
    """Return what happens at the end of a term that renews itself or has no known day, in one sentence; None for any other."""
    if s.ends_on is None and not s.is_tacit:
        return _without_a_day(s)
    if not s.is_tacit or s.period_end is None:
        return None
    return _how_it_ends(s, s.ends_on) if s.ends_on is not None else _how_it_goes_on(s, s.period_end)


def _without_a_day(s: Situation) -> Text | None:
    """A term without a last day, or one that an event still to come will give."""
    term = s.convention.term
    if term.unlimited:
        return Text(
            fr="Durée indéterminée : ne s’achève que si quelqu’un y met fin",
            en="No last day: it ends only if somebody ends it",
        )
    awaited = [one.event for one in (*term.earlier_of, *term.later_of) if one.event and day_of_end(s, one) is None]
    awaited += [term.event] if term.event is not None and s.first_end is None else []
    if not awaited or s.amendment is not None:
        return None
    events = events_quoted(s.convention, awaited)
    known = s.two_ends
    if known is not None and known.at_most is not None:
        return Text(
            fr=f"Jusqu’à {events.fr}, au plus tard le {figures(known.at_most)}",
            en=f"Until {events.en}, on {known.at_most} at the latest",
        )
    least = "" if known is None or known.at_least is None else f", pas avant le {figures(known.at_least)}"
    least_en = "" if known is None or known.at_least is None else f", not before {known.at_least}"
    return Text(fr=f"Jusqu’à {events.fr}, à enregistrer{least}", en=f"Until {events.en}, to be recorded{least_en}")


def _how_it_ends(s: Situation, end: date) -> Text:
    if s.is_over:
        return Text(fr=f"Elle a pris fin le {figures(end)}", en=f"It ended on {end}")
    if s.is_denied:
        return Text(fr=f"Dénoncée : s’achève le {figures(end)}", en=f"Denied: it ends on {end}")
    if end == s.natural_end:
        return Text(fr=f"S’achève d’elle-même le {figures(end)}", en=f"It ends by itself on {end}")
    return Text(fr=f"Prend fin le {figures(end)}", en=f"It ends on {end}")


def _how_it_goes_on(s: Situation, period_end: date) -> Text:
    bound, denials = s.bound_until or period_end, renewals.denials_of(s.convention)
    rule = next((one for one in denials if s.bound_by(one) == bound), None)
    later = next_end(s, bound)
    if renewals.period_of(s) is None:
        return Text(
            fr=f"Engagés au moins jusqu’au {figures(period_end)} : la durée de la reconduction n’est pas connue",
            en=f"Bound until {period_end} at least: how long it renews itself for is not known",
        )
    if rule is None:
        return Text(
            fr=f"Se reconduit d’elle-même le {figures(period_end)} : rien ne dit comment l’en empêcher",
            en=f"It renews itself on {period_end}: nothing says how to stop it",
        )
    head, head_en = _bound(s, bound, period_end, later)
    advice = advice_for(s, rule, bound)
    if advice.legal_last_day is None or advice.safe_day is None:
        return Text(fr=head, en=head_en)
    return _unless_somebody_writes(s, rule, advice, Text(fr=head, en=head_en))


def _bound(s: Situation, bound: date, period_end: date, later: date | None) -> tuple[str, str]:
    if bound > period_end:
        endless = s.natural_end is None
        fr = f"{'Sans terme' if endless else 'Reconduite'} : engagés jusqu’au {figures(bound)}"
        return fr, f"{'No last day' if endless else 'Renewed'}: bound until {bound}"
    if later is None:
        return f"Engagés jusqu’au {figures(bound)}", f"Bound until {bound}"
    return (
        f"Reconduite jusqu’au {figures(later)} si personne n’écrit",
        f"Renewed until {later} if nobody writes",
    )


def _unless_somebody_writes(s: Situation, rule: Termination, advice: PostingAdvice, head: Text) -> Text:
    legal, safe = advice.legal_last_day, advice.safe_day
    assert legal is not None  # noqa: S101 - the caller looked
    assert safe is not None  # noqa: S101 - the caller looked
    if s.convention.us not in rule.who:
        who = rule.who[0]
        return Text(
            fr=f"{head.fr} ; seule peut l’éviter : {side_name(s, who)}, par une lettre au plus tard le {figures(legal)}",
            en=f"{head.en}; only {side_name(s, who, 'en')} may stop it, by a letter no later than {legal}",
        )
    passed = s.period_end is not None and advice.ends_on > s.period_end
    ends, ends_en = ("pour finir ce jour-là", "to end on that day") if passed else ("pour l’éviter", "to stop it")
    if s.today > safe:
        return Text(
            fr=f"{head.fr} ; {ends}, écrire sans attendre (dernier jour utile : {figures(legal)})",
            en=f"{head.en}; {ends_en}, write at once (last useful day: {legal})",
        )
    return Text(
        fr=f"{head.fr} ; {ends}, poster au plus tard le {figures(safe)} (dernier jour utile : {figures(legal)})",
        en=f"{head.en}; {ends_en}, post by {safe} (last useful day: {legal})",
    )
