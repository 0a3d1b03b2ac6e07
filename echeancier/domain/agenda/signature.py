"""Signature: the gate before it, who signed and who has not, until when, what an early, late or refused one means."""

from datetime import date, timedelta
from itertools import pairwise

from echeancier.domain.agenda.adoption import LAW_EXECUTORY, authority_is_whole, warned
from echeancier.domain.agenda.challenges import LAW_CONTRACT
from echeancier.domain.agenda.items import Item, State, Warning
from echeancier.domain.agenda.procedure import Found, roles_of, state_of
from echeancier.domain.dates.delays import term_last_day
from echeancier.domain.dates.first_term import first_term
from echeancier.domain.dates.proof import (
    SIGNED,
    Proof,
    by_our_choice,
    day_given,
    earliest,
    given,
    note,
    without_words,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.signing import ContractPublicised, Signed
from echeancier.domain.model import Text
from echeancier.domain.standing.deliberations import Deliberation, prudent_day
from echeancier.domain.standing.signing import may_sign_since, waited_for
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import CouncilAct


def standing(s: Situation) -> Text | None:
    """Return how far the signatures are, None once all are gathered."""
    going = s.circulation
    if going.outcome == "gathered":
        return None
    said = [how_many(s), *([what_came_of_it(s)] if going.has_stopped else [_until(s)]), _still_blank(s)]
    parts = [one for one in said if one is not None]
    return Text(fr=" ; ".join(p.fr for p in parts), en="; ".join(p.en for p in parts))


def how_many(s: Situation) -> Text:
    """Return who signed, with the day, and who did not."""
    parties = s.convention.parties
    names = {party: parties[party].name_on(s.today) for party in parties}
    signed = [f"{names[p]} ({figures(day)})" for p, day in s.signatures.items()]
    missing = [names[p] for p in parties if p not in s.signatures]
    count, every = len(signed), len(parties)
    if not signed:
        return Text(fr=f"aucune signature sur {every}", en=f"none of {every} signed")
    fr = f"{count} signature{'s' if count > 1 else ''} sur {every} : {' et '.join(signed)}"
    en = f"{count} of {every} signed: {' and '.join(signed)}"
    return Text(fr=f"{fr} ; manque : {' et '.join(missing)}", en=f"{en}; missing: {' and '.join(missing)}")


def what_came_of_it(s: Situation) -> Text:
    """Return, of a circulation that stopped, who refused, when and why, or that its time is over."""
    going, parties = s.circulation, s.convention.parties
    if going.outcome == "refused":
        said = [(parties[one.party].name_on(one.on), one) for one in going.refusals]
        return Text(
            fr=" ; ".join(f"{name} a refusé de signer le {figures(one.on)} : {one.reason}" for name, one in said),
            en="; ".join(f"{name} refused to sign on {figures(one.on)}: {one.reason}" for name, one in said),
        )
    assert going.gather_by is not None  # noqa: S101 - it ran out of time
    day = figures(going.gather_by)
    who = _who_set(s)
    return Text(
        fr=f"signatures non recueillies au {day} ({who.fr})",
        en=f"signatures not gathered by {day} ({who.en})",
    )


def _until(s: Situation) -> Text | None:
    going = s.circulation
    if going.gather_by is None:
        return None
    day, who = figures(going.gather_by), _who_set(s)
    return Text(fr=f"à recueillir au plus tard le {day} ({who.fr})", en=f"to be gathered by {day} ({who.en})")


def _who_set(s: Situation) -> Text:
    if s.circulation.chosen:
        return Text(fr="jour fixé par la coordination", en="set by the coordinator")
    days = s.policy.signature_expiry_days
    return Text(fr=f"notre règle : {days} jours", en=f"our policy: {days} days")


def _open_blanks(s: Situation) -> tuple[Text, ...]:
    asked = [q for q in s.convention.question if q.kind == "blank" and s.answer(q.id) is None]
    return tuple(Text(fr=q.about, en=q.about_en) for q in asked)


def _still_blank(s: Situation) -> Text | None:
    found = len(_open_blanks(s))
    if not found or s.signatures:
        return None
    return Text(
        fr=f"encore en blanc dans le texte : {found} point{'s' if found > 1 else ''}, à compléter avant la signature",
        en=f"still blank in the text: {found} point{'s' if found > 1 else ''}, to be filled in before it is signed",
    )


def blanks(s: Situation) -> Found:
    """Warn, until somebody signs, of what the text still leaves blank."""
    found = _open_blanks(s)
    if not found or s.signatures:
        return
    yield Warning(
        id="blank-before-signature",
        text=Text(
            fr="À compléter avant de faire signer, le texte est encore en blanc : " + " ".join(t.fr for t in found),
            en="To be filled in before it is signed, the text is still blank: " + " ".join(t.en for t in found),
        ),
        clause=s.clause(next(q for q in s.convention.question if q.kind == "blank").clauses),
    )


def signature(s: Situation) -> Found:
    """Yield one item per signatory, the notice of the signature, and the warnings of an irregular beginning."""
    said = standing(s)
    for key in s.convention.parties:
        yield _to_sign(s, key, said, gated=key in _gated(s))
    yield _publicity(s)
    yield from blanks(s)
    yield from _without_its_vote(s)
    yield from _out_of_order(s)
    yield from _irregular(s)
    yield from _retroactive(s)
    yield from _authority(s)


def _gated(s: Situation) -> frozenset[str]:
    """The authorities that sign only once the act of their own assembly is executory."""
    return frozenset(one.party for one in s.deliberations if s.convention.parties[one.party].is_local_authority)


def _to_sign(s: Situation, party: str, said: Text | None, *, gated: bool) -> Item:
    going, awaited = s.circulation, _awaited_before(s, party)
    since, turn = may_sign_since(s, party), _turn_since(s, party)
    executory_on = waited_for(s, party)
    opens = s.adopted_on if not gated else executory_on and prudent_day(executory_on, s.calendar)
    if not s.convention.act or going.number > 1:
        opens = since
    start = None if awaited or since is None else max(d for d in (since, turn) if d)
    proof = _proof(s, party, awaited, start)
    safe = day_given(proof, "safe")
    signed = s.signatures.get(party)
    opens = None if awaited else max((d for d in (opens, turn) if d), default=None)
    state = state_of(s, opens_on=opens, last_day=safe, done_on=signed)
    if signed is None and going.has_stopped:
        state = State.CANCELLED
    return Item(
        series="signature", occurrence=party, kind="signature", settled_by="signed",
        title=Text(fr=f"Signature : {_name(s, party, signed or opens)}", en=f"Signature: {_name(s, party, signed or opens)}"),
        clause=LAW_EXECUTORY if gated else s.clause(s.convention.effect.clauses),
        owed_by=party, owed_to=s.convention.together, opens_on=opens, safe_day=safe, anchor=start, rule="signature_gate",
        proof=proof, certainty=Certainty.POLICY, done_on=signed, state=state,
        responsible=roles_of(s, party, ()), informed=(s.convention.coordinator,), standing=said,
    )  # fmt: skip


def _awaited_before(s: Situation, party: str) -> str | None:
    """Return the party that must sign before this one, by the order of the text, and has not; None otherwise."""
    order = s.convention.signing.order
    before = order[: order.index(party)] if party in order else ()
    return next((one for one in before if one not in s.signatures), None)


def _turn_since(s: Situation, party: str) -> date | None:
    """Return the day on which the turn of a party came in the order of the text, None where it has no place in it."""
    order = s.convention.signing.order
    before = order[: order.index(party)] if party in order else ()
    return max((s.signatures[one] for one in before if one in s.signatures), default=None)


def _proof(s: Situation, party: str, awaited: str | None, start: date | None) -> Proof:
    if awaited is not None:
        return (note(f"les parties signent l’une après l’autre : attend la signature de {_name(s, awaited, None)}"),)
    if start is None:
        if s.convention.act:
            return (note("acte non encore exécutoire : publication et transmission à enregistrer"),)
        return (note("attend la signature de la convention mère, ou l’envoi du texte à la signature"),)
    begun: Proof = (given(start, "going-round", "en circulation depuis le {}"),)
    if executory_on := waited_for(s, party):
        begun = (
            given(executory_on, "executory", "exécutoire le {}"),
            given(start, "going-round", " → signature prudente à partir du {}"),
        )
    return *begun, *_gathered_by(s, start)


def _gathered_by(s: Situation, start: date) -> Proof:
    """The days that our policy gives to sign, or the day by which the signatures were asked for, if it comes first."""
    asked, sums = s.circulation.gather_by, without_words(by_our_choice(start, s.policy.signature_days, s.calendar))
    if asked is None:
        return sums
    own, by = s.calendar.prev_workable(start + timedelta(days=s.policy.signature_days)), s.calendar.prev_workable(asked)
    sums = (
        *sums,
        given(asked, "circulation", ""),
        worked("prev_workable", asked, by, gives=""),
        earliest((own, by), gives="safe"),
    )
    turn = s.calendar.next_workable(start)  # it may come when the day to gather them all is over
    return sums if min(own, by) >= turn else (*sums, worked("next_workable", start, turn))


def _name(s: Situation, party: str, day: date | None) -> str:
    return s.convention.parties[party].name_on(day or s.today)


def _publicity(s: Situation) -> Item:
    published = s.last(ContractPublicised)
    start = s.last_signature
    proof: Proof = (note("signatures à enregistrer"),)
    if start is not None:
        proof = (
            given(start, SIGNED, "dernière signature le {}"),
            *by_our_choice(start, s.policy.publicity_days, s.calendar),
        )
    safe = day_given(proof, "safe")
    return Item(
        series="contract-publicity", kind="act", settled_by="contract-publicised",
        title=Text(fr="Publier l’avis de signature de la convention", en="Publish the notice that the convention is signed"),
        clause=LAW_CONTRACT, owed_by=s.convention.us, owed_to=s.convention.together, opens_on=start, safe_day=safe,
        anchor=start, rule="publicity_policy",
        proof=proof,
        certainty=Certainty.POLICY, done_on=published.on if published else None,
        state=state_of(s, opens_on=start, last_day=safe, done_on=published.on if published else None),
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _out_of_order(s: Situation) -> Found:
    order = [party for party in s.convention.signing.order if party in s.signatures]
    for first, second in pairwise(order):
        if s.signatures[second] < s.signatures[first]:
            yield Warning(
                id=f"signed-out-of-order/{second}",
                text=Text(
                    fr=f"{_name(s, second, None)} a signé le {figures(s.signatures[second])}, avant "
                    f"{_name(s, first, None)} ({figures(s.signatures[first])}) : le texte veut l’ordre inverse.",
                    en=f"{_name(s, second, None)} signed on {s.signatures[second]}, before {_name(s, first, None)} "
                    f"({s.signatures[first]}): the text wants the reverse order.",
                ),
                clause=s.clause(s.convention.signing.clauses) if s.convention.signing.clauses else None,
            )


def _irregular(s: Situation) -> Found:
    for _, fact in s.of(Signed):
        if fact.irregular:
            yield Warning(
                id=f"signed-irregularly/{fact.party}",
                text=Text(
                    fr=f"Signature du {figures(fact.on)} antérieure au caractère exécutoire de l’acte : irrégulière, et une "
                    "transmission tardive ne la régularise pas (CE, avis, 10 juin 1996). Nouvelle délibération, puis "
                    "nouvelle signature.",
                    en=f"Signed on {fact.on}, before the act was executory: irregular, and late transmission does not cure it "
                    "(CE, opinion, 10 June 1996). A new council act, then a new signature.",
                ),
                clause=LAW_EXECUTORY,
                permanent=True,
            )


def _retroactive(s: Situation) -> Found:
    start = s.operational_from or s.last_signature or s.executory_on or s.adopted_on
    if s.effect_on is None or start is None or s.effect_on >= start:
        return
    days = (start - s.effect_on).days
    runs, runs_en = f"à partir du {figures(start)}", f"from {start}"
    if s.operational_from is None:
        runs, runs_en = (
            f"au plus tôt à partir du {figures(start)}, une fois tout signé et exécutoire",
            (f"from {start} at the earliest, once all is signed and executory"),
        )
    yield Warning(
        id="retroactive-effect",
        text=Text(
            fr=f"Effet au {figures(s.effect_on)}, antérieur de {days} jours au {figures(start)} : période antérieure non "
            "couverte par un acte exécutoire et signé ; à confirmer. Les obligations courent "
            f"{runs}, la fin ne bouge pas.",
            en=f"Takes effect on {s.effect_on}, {days} days before {start}: the earlier period is not covered by an "
            f"executory and signed act; to be confirmed. Duties run {runs_en}; the end does not move.",
        ),
        clause=s.clause(s.convention.effect.clauses),
        permanent=True,
    )


def _without_its_vote(s: Situation) -> Found:
    """A local authority signs what its assembly voted: where others vote and it does not, somebody must look."""
    for key, party in s.convention.parties.items():
        if not s.deliberations or not party.is_local_authority or key in _gated(s) or key in s.signatures:
            continue
        yield Warning(
            id=f"no-vote-of/{key}",
            text=Text(
                fr=f"Le fichier ne dit d’aucune assemblée qu’elle délibère pour {_name(s, key, None)} : rien ne retient sa "
                "signature. Si elle délibère, ajouter [[act]].",
                en=f"The file names no assembly that votes for {_name(s, key, None)}: nothing holds its signature back. If it "
                "votes, add [[act]].",
            ),
            clause=LAW_EXECUTORY,
        )


def _beyond_the_vote(s: Situation, act: CouncilAct) -> Text | None:
    """Return what the convention says where its first term is longer than the duration voted, None where it is not."""
    length = s.convention.term.length
    if act.authorises_months is None or length is None:
        return None
    if length.months is not None:
        said = Text(fr=f"la convention en prévoit {length.months}", en=f"the convention says {length.months}")
        return said if act.authorises_months < length.months else None
    if s.effect_on is None:
        return None
    last = first_term(s.effect_on, length)
    said = Text(fr=f"la convention va jusqu’au {figures(last)}", en=f"the convention runs until {last}")
    return said if term_last_day(s.effect_on, act.authorises_months) < last else None


def _authority(s: Situation) -> Found:
    for act in s.deliberations:
        yield from _authority_of(s, act)


def _authority_of(s: Situation, one: Deliberation) -> Found:
    act, session = one.act, one.adopted_on
    beyond = _beyond_the_vote(s, act)
    if beyond is not None and not authority_is_whole(s, act):
        yield Warning(
            id=warned("act-shorter-than-term", one),
            text=Text(
                fr=f"L’assemblée a voté {act.authorises_months} mois, {beyond.fr} : l’habilitation "
                "pour la suite est douteuse ; une personne nommée doit décider.",
                en=f"The assembly voted {act.authorises_months} months, {beyond.en}: authority for the "
                "rest is doubtful; a named person must decide.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
            permanent=True,
        )
    if act.authority_cited_on is not None and session is not None and act.authority_cited_on != session:
        yield Warning(
            id=warned("act-wrong-authority-cited", one),
            text=Text(
                fr=f"La convention cite la délibération du {figures(act.authority_cited_on)}, non celle du "
                f"{figures(session)} qui l’approuve.",
                en=f"The convention cites the council act of {act.authority_cited_on}, not that of {session} which "
                "approves it.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
        )
