"""The minutes of a meeting at the door."""

from domain.door.case import Case
from domain.door.duties import is_meeting
from domain.door.refusal import en, fr, refusal
from domain.meeting_facts import MeetingMinutes
from domain.procedures.minutes import minutes_of


def check_minutes(case: Case, fact: MeetingMinutes) -> None:
    """Refuse the minutes of what is no meeting, was not held, or has its minutes already."""
    item = case.item(fact.item)
    if not is_meeting(case, item):
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas une rencontre : elle n’a pas de compte rendu.",
            f"“{item.title.en}” ({item.key}) is not a meeting: it has no minutes.",
        )
    held = case.s.meetings_held.get(item.key)
    if held is None:
        raise refusal(
            f"« {item.title.fr} » ({item.key}) n’est pas enregistré comme tenu : enregistrer d’abord meeting-held.",
            f"“{item.title.en}” ({item.key}) is not recorded as held: record meeting-held first.",
        )
    if fact.on < held:
        raise refusal(
            f"un compte rendu du {fr(fact.on)} précéderait la rencontre, tenue le {fr(held)}.",
            f"minutes of {en(fact.on)} would precede the meeting, held on {en(held)}.",
        )
    known = minutes_of(case.s, item.key)
    if known is not None:
        raise refusal(
            f"le compte rendu de « {item.title.fr} » ({item.key}) est déjà enregistré au {fr(known.on)} ; le corriger.",
            f"the minutes of “{item.title.en}” ({item.key}) are already recorded on {en(known.on)}; correct them.",
        )
