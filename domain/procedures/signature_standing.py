"""Where a signature stands, in words: who signed, who did not, until when, what came of it, what is still blank."""

from domain.items import Warning
from domain.model import Text
from domain.procedures.shape import Found
from domain.situation import Situation
from domain.words import figures


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
            fr=" ; ".join(
                f"{name} a refusé de signer le {figures(one.on)} : {one.reason}" for name, one in said
            ),
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
    return Text(
        fr=f"à recueillir avant le {day} au soir ({who.fr})", en=f"to be gathered by {day} ({who.en})"
    )


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
            fr="À compléter avant de faire signer, le texte est encore en blanc : "
            + " ".join(t.fr for t in found),
            en="To be filled in before it is signed, the text is still blank: "
            + " ".join(t.en for t in found),
        ),
        clause=s.clause(next(q for q in s.convention.question if q.kind == "blank").clauses),
    )
