"""A small convention that runs today, whatever the day: its file, and the facts that put it in force."""

from datetime import date, timedelta
from pathlib import Path

TERMS = """
reference = "{reference}"
title = "Convention d’essai de Valmont"
title_en = "Trial convention of Valmont"
kind = "cooperation"
us = "commune"
coordinator = "agenda"
manager = "direction"

[parties.commune]
name = "Commune de Valmont"
kind = "commune"

[parties.operator]
name = "Opérateur"
kind = "operator"

[roles.agenda]
party = "commune"
function = "Coordination"
address = "agenda@valmont.example"

[roles.direction]
party = "commune"
function = "Direction"
address = "direction@valmont.example"

[roles.referent]
party = "operator"
function = "Référent"
address = "referent@operateur.example"

[effect]
rule = "fixed"
on = {effect}
clauses = ["T.1"]

[term]
months = 12
clauses = ["T.1"]

[[termination]]
id = "notice"
who = ["commune", "operator"]
length = {{ months = 1 }}
starts = "receipt"
clauses = ["T.1"]

[[duty]]
id = "data"
kind = "data"
title = "Données"
title_en = "Data"
owed_by = "operator"
owed_to = "commune"
rhythm = {{ every_months = 6 }}
clauses = ["T.1"]

[[duty]]
id = "meeting"
kind = "meeting"
title = "Point trimestriel"
title_en = "Quarterly meeting"
owed_by = "both"
owed_to = "both"
rhythm = {{ every_months = 3 }}
clauses = ["T.1"]
meeting = {{ notice = {{ days = 15 }} }}

[[clause]]
id = "T.1"
article = "art. 1"
says = "un an, un préavis, des rencontres"
"""

FACTS = """
[[fact]]
kind = "signed"
on = {signed}
party = "commune"

[[fact]]
kind = "signed"
on = {signed}
party = "operator"
"""


def valmont(directory: Path, reference: str, effect: date) -> tuple[str, str]:
    """Write the files of a convention of one year; it was signed the week before its effect."""
    directory.mkdir(parents=True, exist_ok=True)
    terms, facts = directory / f"{reference}.toml", directory / f"{reference}.facts.toml"
    terms.write_text(TERMS.format(reference=reference, effect=effect.isoformat()), "utf-8")
    facts.write_text(FACTS.format(signed=(effect - timedelta(days=7)).isoformat()), "utf-8")
    return str(terms), str(facts)
