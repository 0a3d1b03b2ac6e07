"""Signature: the gate before it, who has signed, and what an early or late one means."""

from datetime import date, timedelta

from domain import facts as f
from domain.items import Certainty, Item, Warning
from domain.model import Text
from domain.procedures.authority import authority_is_whole
from domain.procedures.council_act import LAW_CONTRACT, LAW_EXECUTORY
from domain.procedures.shape import Found, roles_of, state_of
from domain.situation import Situation
from domain.words import figures


def prudent_day(s: Situation) -> date | None:
    """Return the first day on which the authority signs safely: an open day after the act is executory.

    Signing the very day the act becomes executory is contested (TA Montpellier, 7 Nov. 2002, n° 01-4224).
    """
    return s.calendar.next_open(s.executory_on + timedelta(days=1)) if s.executory_on else None


def signature(s: Situation) -> Found:
    """Yield one item per signatory, the notice of the signature, and the warnings of an irregular beginning."""
    for key, party in s.convention.parties.items():
        yield _to_sign(s, key, gated=party.is_local_authority and s.convention.act is not None)
    yield _publicity(s)
    yield from _irregular(s)
    yield from _retroactive(s)
    yield from _authority(s)


def _to_sign(s: Situation, party: str, *, gated: bool) -> Item:
    opens = prudent_day(s) if gated else s.adopted_on
    start = prudent_day(s) if s.convention.act is not None else None
    safe = s.calendar.prev_workable(start + timedelta(days=s.policy.signature_days)) if start else None
    signed = s.signatures.get(party)
    name = s.convention.parties[party].name_on(signed or opens or s.today)
    trace = (
        f"exécutoire le {figures(s.executory_on)} → signature prudente à partir du {figures(start)}"
        if s.executory_on and start
        else "acte non encore exécutoire : publication et transmission à enregistrer"
    )
    return Item(
        key=f"signature/{party}", kind="signature",
        title=Text(fr=f"Signature : {name}", en=f"Signature: {name}"),
        clause=LAW_EXECUTORY if gated else s.clause(s.convention.effect.clauses),
        owed_by=party, owed_to="both", opens_on=opens, safe_day=safe, anchor=start, rule="signature_gate", trace=trace,
        certainty=Certainty.POLICY, done_on=signed,
        state=state_of(s, opens_on=opens, last_day=safe, done_on=signed),
        responsible=roles_of(s, party, ()), informed=(s.convention.coordinator,),
    )  # fmt: skip


def _publicity(s: Situation) -> Item:
    published = s.last(f.ContractPublicised)
    start = s.last_signature
    safe = s.calendar.prev_workable(start + timedelta(days=s.policy.publicity_days)) if start else None
    return Item(
        key="contract-publicity", kind="act",
        title=Text(fr="Publier l’avis de signature de la convention", en="Publish the notice that the convention is signed"),
        clause=LAW_CONTRACT, owed_by=s.convention.us, owed_to="both", opens_on=start, safe_day=safe,
        anchor=start, rule="publicity_policy",
        trace=f"dernière signature le {figures(start)} + {s.policy.publicity_days} jours"
        if start
        else "signatures à enregistrer",
        certainty=Certainty.POLICY, done_on=published.on if published else None,
        state=state_of(s, opens_on=start, last_day=safe, done_on=published.on if published else None),
        responsible=(s.convention.coordinator,),
    )  # fmt: skip


def _irregular(s: Situation) -> Found:
    for _, fact in s.of(f.Signed):
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
    yield Warning(
        id="retroactive-effect",
        text=Text(
            fr=f"Effet au {figures(s.effect_on)}, antérieur de {days} jours au {figures(start)} : période antérieure non "
            "couverte par un acte exécutoire et signé ; à confirmer. Les obligations courent à partir du "
            f"{figures(start)}, la fin ne bouge pas.",
            en=f"Takes effect on {s.effect_on}, {days} days before {start}: the earlier period is not covered by an "
            f"executory and signed act; to be confirmed. Duties run from {start}; the end does not move.",
        ),
        clause=s.clause(s.convention.effect.clauses),
        permanent=True,
    )


def _authority(s: Situation) -> Found:
    act, term = s.convention.act, s.convention.term
    if act is None:
        return
    short = (
        act.authorises_months is not None and term.months is not None and act.authorises_months < term.months
    )
    if short and not authority_is_whole(s):
        yield Warning(
            id="act-shorter-than-term",
            text=Text(
                fr=f"L’assemblée a voté {act.authorises_months} mois, la convention en prévoit {term.months} : l’habilitation "
                "pour la suite est douteuse ; une personne nommée doit décider.",
                en=f"The assembly voted {act.authorises_months} months, the convention says {term.months}: authority for the "
                "rest is doubtful; a named person must decide.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
            permanent=True,
        )
    if (
        act.authority_cited_on is not None
        and s.adopted_on is not None
        and act.authority_cited_on != s.adopted_on
    ):
        yield Warning(
            id="act-wrong-authority-cited",
            text=Text(
                fr=f"La convention cite la délibération du {figures(act.authority_cited_on)}, non celle du "
                f"{figures(s.adopted_on)} qui l’approuve.",
                en=f"The convention cites the council act of {act.authority_cited_on}, not that of {s.adopted_on} which "
                "approves it.",
            ),
            clause=s.clause(act.clauses) if act.clauses else None,
        )
