"""The date of a meeting, whether it was held, and its minutes."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import AnyFact, Dated
from echeancier.domain.facts.description import ItemKey, KindWords, Note, kind_words
from echeancier.domain.model import OneLine, Prose


class MeetingArranged(AnyFact):
    """A date was fixed for a meeting, or changed: each new one replaces the former and moves the invitation."""

    kind: Literal["meeting-arranged"] = "meeting-arranged"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "any"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Date de réunion fixée", "Meeting date fixed"),
        says=("la date d’une rencontre est fixée, ou changée", "the date of a meeting is fixed, or changed"),
    )
    item: ItemKey
    starts_at: Annotated[
        datetime,
        field_words(
            "jour et heure du début, à l’heure du lieu",
            "day and hour it begins, local time",
            label=("Jour et heure", "Day and hour"),
        ),
    ]
    minutes: Annotated[
        int | None,
        field_words("durée en minutes", "duration in minutes", label=("Durée, en minutes", "Duration, in minutes")),
    ] = Field(default=None, ge=5, le=600)
    place: Annotated[OneLine | None, field_words("le lieu", "the place", label=("Lieu", "Place"))] = None
    video_link: Annotated[
        OneLine | None,
        field_words(
            "l’adresse de la visioconférence",
            "the address of the video room",
            label=("Lien de visioconférence", "Video link"),
        ),
    ] = None
    note: Note = ""


class MeetingCancelled(Dated):
    """An arranged meeting will not take place on its date."""

    kind: Literal["meeting-cancelled"] = "meeting-cancelled"
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "arranged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réunion annulée", "Meeting cancelled"),
        says=("une rencontre fixée n’aura pas lieu", "an arranged meeting will not take place"),
        on=("jour de l’annulation", "day it was cancelled"),
    )
    item: ItemKey
    reason: Annotated[Prose, field_words("le motif", "the reason", label=("Motif", "Reason"))] = ""


class MeetingHeld(Dated):
    """A meeting took place.

    ``present``: how many of those expected were there; below the quorum of the preferences it is to be held again.
    """

    kind: Literal["meeting-held"] = "meeting-held"
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "any"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réunion tenue", "Meeting held"),
        says=("une rencontre a eu lieu", "a meeting took place"),
        on=("jour de la rencontre", "day of the meeting"),
    )
    item: ItemKey
    present: Annotated[
        int | None,
        field_words(
            "combien étaient présents, si un quorum est prévu : en deçà, la rencontre est à refaire",
            "how many were present, where there is a quorum: below it the meeting is to be held again",
        ),
    ] = Field(default=None, ge=0, le=1000)


class MeetingMinutes(Dated):
    """The minutes of a meeting that was held were drawn up; ``document`` says where they are kept."""

    kind: Literal["meeting-minutes"] = "meeting-minutes"
    SETTLES_BY: ClassVar[str | None] = "item"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Compte rendu établi", "Minutes drawn up"),
        says=("le compte rendu d’une rencontre est établi", "the minutes of a meeting are drawn up"),
        on=("jour du compte rendu", "day of the minutes"),
    )
    item: ItemKey
    document: Annotated[
        OneLine,
        field_words(
            "où le compte rendu se trouve",
            "where the minutes are kept",
            label=("Où elle est gardée", "Where it is kept"),
        ),
    ] = ""


MeetingFact = MeetingArranged | MeetingCancelled | MeetingHeld | MeetingMinutes
"""The facts of this file, in the order in which one meets them."""
