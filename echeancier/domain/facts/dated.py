"""The shape of a fact that lies on a day."""

from datetime import date

from echeancier.domain.facts.description import Note
from echeancier.domain.model import Frozen


class Dated(Frozen):
    """A fact of a day, in the local calendar of the convention's place."""

    on: date
    note: Note = ""
