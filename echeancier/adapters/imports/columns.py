"""The columns of the sheet of existing conventions: what each holds, how it may be headed, what would be right."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Final, Literal

Sort = Literal["text", "reference", "date", "months", "length", "count", "address", "choice", "delay", "side", "days"]
"""``length``: months, under a heading that names no unit: a bare number there means nothing; ``delay``: before an end, in words;
``side``: a choice, or the name of a party; ``days``: days that come back each year, without a year."""


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: its key.
        head: its heading in the template.
        also: other headings that are understood.
        right: what is expected, for the second row of the template and the messages.
        values: of a choice or a side: what is typed -> what it means.
    """

    name: str
    head: str
    sort: Sort
    right: str
    required: bool = False
    also: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


_NATURES: Final = (
    ("coopération", "cooperation"), ("accès à une application", "application-access"), ("affectation d’agent", "assignment"),
    ("annexe financière", "financial-annex"), ("échange de données", "data-exchange"), ("subvention", "subsidy"),
    ("locaux", "premises"), ("mise à disposition de locaux", "premises"),
    ("prestation de services", "service"), ("convention avec la CAF", "caf"), ("CTG", "caf"),
    ("personnel", "staff"), ("mise à disposition de personnel", "staff"), ("groupement de commandes", "purchasing-group"),
    ("hébergement", "hosting"), ("hébergement d’un logiciel", "hosting"), ("France services", "france-services"),
    ("autre", "other"),
)  # fmt: skip
_BODIES: Final = (
    ("commune", "commune"), ("intercommunalité", "epci"), ("département", "departement"), ("région", "region"), ("État", "etat"),
    ("caisse d’allocations familiales", "caf"), ("opérateur", "operator"), ("association", "association"),
    ("entreprise", "company"), ("personne, désignée par sa fonction", "individual-role"), ("autre", "other"),
)  # fmt: skip
_DUE_DAYS: Final = (
    ("un jour quelconque", "any-day"), ("échéance annuelle", "anniversary"), ("31 décembre", "civil-year-end"),
    ("fin d’année scolaire", "school-year-end"), ("fin de mois", "month-end"),
)  # fmt: skip
_BASES: Final = (
    ("envoi", "sending"), ("réception", "receipt"), ("première présentation", "first-presentation"),
    ("date écrite dans la lettre", "letter-date"), ("non dit", "unstated"),
)  # fmt: skip
_RENEWALS: Final = (
    ("aucune", "none"), ("expresse", "express"), ("tacite", "tacit"), ("avec la convention mère", "with-parent"),
)  # fmt: skip
_SIDES: Final = (("nous", "us"), ("le partenaire", "partner"))
_YEARS: Final = (("l’année d’avant", "previous"), ("l’année même", "current"), ("l’année d’après", "next"))
_NAMED: Final = (
    "« nous », « le partenaire » ou le nom d’une partie, comme sous « Notre collectivité » ou « Partenaire »"
)

MORE: Final = (("third", "troisième"), ("fourth", "quatrième"))
"""The parties beyond two: how their columns are called, and how they are counted."""


def _party(key: str, which: str) -> tuple[Column, ...]:
    """Return the columns of a party beyond two, all empty where the convention has no such party."""
    whole = f"{which.capitalize()} partie"
    return (
        Column(key, whole, "text", "son nom ; vide s’il n’y en a pas"),
        Column(f"{key}_kind", f"Statut de la {which} partie", "choice", "", values=_BODIES),
        Column(f"{key}_contact", f"Adresse de la {which} partie", "address", "comme agence@operateur.example"),
        Column(f"signed_{key}", f"Signée par la {which} partie le", "date", "jj/mm/aaaa"),
    )


_TWO: Final = (
    Column(
        "reference", "Référence", "reference", "lettres sans accent, chiffres, points, tirets, comme VILLE-2024", True,
        ("ref", "réf"),
    ),
    Column("title", "Intitulé", "text", "les mots du titre", True, ("titre", "objet", "convention")),
    Column("kind", "Nature", "choice", "", values=_NATURES, also=("type",)),
    Column("number", "Numéro", "text", "tel qu’imprimé", also=("n°", "no", "numéro de convention")),
    Column("service", "Service", "text", "le service qui la porte"),
    Column("us", "Notre collectivité", "text", "son nom", True, ("collectivité", "commune")),
    Column("us_kind", "Notre statut", "choice", "", values=_BODIES),
    Column("partner", "Partenaire", "text", "son nom", True, ("cocontractant", "autre partie")),
    Column("partner_kind", "Statut du partenaire", "choice", "", values=_BODIES),
    Column("coordinator", "Adresse de la coordination", "address", "comme coordination@commune.example", True, ("coordination",)),
    Column(
        "manager", "Adresse de la direction", "address", "comme direction@commune.example (à défaut, la coordination)",
        also=("direction",),
    ),
    Column(
        "contact", "Adresse du partenaire", "address", "comme agence@operateur.example", True, ("contact", "adresse partenaire"),
    ),
    Column(
        "effect", "Prise d’effet", "date", "jj/mm/aaaa, ou « à la signature » ; vide si le papier la laisse en blanc",
        also=("date d’effet", "début", "date de début"),
    ),
    Column("months", "Durée (mois)", "months", "un nombre de mois, comme 36 ; ou « 3 ans »", also=("durée", "durée en mois")),
    Column("ends", "Dernier jour", "date", "jj/mm/aaaa", also=("fin", "date de fin", "échéance")),
    Column("term_article", "Article de la durée", "text", "comme art. 7", also=("article durée",)),
    Column("parent", "Convention mère", "reference", "sa référence", also=("mère",)),
    Column("notice", "Préavis (mois)", "months", "un nombre de mois, comme 3", also=("préavis", "préavis en mois")),
    Column("basis", "Préavis compté de", "choice", "", values=_BASES),
    Column("until", "Résiliation pour", "choice", "", values=_DUE_DAYS),
    Column("notice_article", "Article du préavis", "text", "comme art. 8", also=("article résiliation",)),
    Column("renewal", "Reconduction", "choice", "", values=_RENEWALS, also=("renouvellement", "mode de reconduction")),
    Column(
        "renewal_period", "Durée de la reconduction (mois)", "months", "un nombre de mois, comme 12 ; vide, ce sera demandé",
        also=("durée de la reconduction", "durée de chaque reconduction", "période de reconduction"),
    ),
    Column(
        "renewal_times", "Nombre de reconductions", "count", "un nombre, comme 2 ; vide si le papier n’en dit pas",
        also=("reconductions", "nombre de renouvellements"),
    ),
    Column(
        "renewal_deadline", "Délai pour reconduire (avant la fin)", "delay",
        "un délai en jours, semaines, mois ou ans, comme « 3 mois », « 15 jours ouvrés » ou « 1 mois et 15 jours » ; vide si "
        "l’acte d’une reconduction expresse peut attendre la fin",
        also=("délai pour reconduire", "délai pour renouveler", "à reconduire au plus tard", "à renouveler au plus tard"),
    ),
    Column(
        "renewal_by", "Reconduction décidée par", "side", f"{_NAMED}, si elle décide seule ; vide si toutes signent",
        values=_SIDES, also=("renouvellement décidé par",),
    ),
    Column(
        "cap", "Plafond (mois)", "months", "ce que la première durée et les reconductions ne peuvent dépasser ensemble, comme 36",
        also=("plafond", "durée totale maximale", "durée maximale"),
    ),
    Column(
        "denial", "Dénonciation (mois avant)", "months", "combien de mois avant la fin d’une période, comme 3",
        also=("dénonciation", "dénoncer mois avant", "délai de dénonciation"),
    ),
    Column("denial_basis", "Dénonciation comptée de", "choice", "", values=_BASES),
    Column(
        "denial_by", "Dénonciation par", "side", f"« chaque partie », {_NAMED}", values=(("chaque partie", "both"), *_SIDES),
    ),
    Column("renewal_article", "Article de la reconduction", "text", "comme art. 7", also=("article reconduction",)),
    Column("committees", "Comités par an", "count", "un nombre, comme 1", also=("comité de pilotage par an", "copil")),
    Column("committee_article", "Article du comité", "text", "comme art. 5"),
    Column(
        "report_days", "Bilan à rendre le", "days",
        "un jour de l’année, ou plusieurs, sans année, comme « 31 mars », « avant le 31 mars » ou « 30 juin et 31 décembre »",
        also=("bilan", "bilan annuel", "bilan annuel le", "bilan le", "bilan dû le", "report due on", "report due each year on"),
    ),
    Column("report_title", "Nom du bilan", "text", "comme Compte rendu financier ; vide, « Bilan »", also=("report title",)),
    Column(
        "report_year", "Année dont le bilan rend compte", "choice", "", values=_YEARS,
        also=("année du bilan", "year of the report"),
    ),
    Column(
        "report_by", "Bilan rendu par", "side", f"« chaque partie » (chacune le sien), {_NAMED}",
        values=(("chaque partie", "both"), *_SIDES), also=("bilan dû par", "report due by"),
    ),
    Column("report_article", "Article du bilan", "text", "comme art. 6", also=("article bilan", "article of the report")),
    Column("adopted", "Votée le", "date", "jj/mm/aaaa", also=("délibération du", "délibération")),
    Column("published", "Publiée le", "date", "jj/mm/aaaa"),
    Column("transmitted", "Reçue en préfecture le", "date", "jj/mm/aaaa", also=("transmise le",)),
    Column("signed_us", "Signée par nous le", "date", "jj/mm/aaaa"),
    Column("signed_partner", "Signée par le partenaire le", "date", "jj/mm/aaaa"),
)  # fmt: skip
COLUMNS: Final = (*_TWO, *(column for key, which in MORE for column in _party(key, which)))
"""Every column, in the order of the template."""


def folded(words: str) -> str:
    """Return words without case, accents, signs: how headings and choices are compared."""
    bare = unicodedata.normalize("NFKD", words.replace("’", " ").replace("'", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", bare.lower()).strip()


def bare(words: str) -> str:
    """Return words without case, accents nor doubled spaces, every sign kept: how what was typed is compared."""
    plain = "".join(
        # a figure that is raised is the call of a note: « 36¹ » is not 361
        sign if unicodedata.category(sign) == "No" else unicodedata.normalize("NFKD", sign)
        for sign in words.replace("’", "'").replace("\u2011", "-")
    )
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())


_HEADS: Final = {folded(head): column for column in COLUMNS for head in (column.head, column.name, *column.also)}
_BRACKETS: Final = re.compile(r"([^()]*)\(([^()]*)\)[ *]*")
_REMARKS: Final = frozenset(
    {"obligatoire", "facultatif", "facultative", "optionnel", "si connu", "si connue", "le cas echeant"}
)
_REMARKS_OF: Final = {"date": frozenset({"jj mm aaaa", "date"}), "months": frozenset({"mois", "en mois"})}


def column_of(heading: str) -> Column | None:
    """Return the column a heading names; « * », « (obligatoire) », « (jj/mm/aaaa) » may be beside it."""
    found = _HEADS.get(folded(heading))
    if found is None and (parts := _BRACKETS.fullmatch(heading)):
        named = _HEADS.get(folded(parts[1]))
        remark = folded(parts[2])
        if named is not None and (remark in _REMARKS or remark in _REMARKS_OF.get(named.sort, ())):
            found = named
    if found is not None and found.sort == "months" and "mois" not in folded(heading):
        return replace(found, sort="length", right="une durée avec son unité, comme « 36 mois » ou « 3 ans »")
    return found


def nearly(heading: str) -> Column | None:
    """Return the column that a heading seems to name with something beside it that may change its meaning: « Durée (ans) »."""
    if column_of(heading) is not None:
        return None
    parts = _BRACKETS.fullmatch(heading)
    if parts and (named := _HEADS.get(folded(parts[1]))):
        return named
    first = folded(heading).partition(" ")[0]
    return next((c for c in COLUMNS if c.sort == "months" and folded(c.head).partition(" ")[0] == first), None)
