"""What a paper says beside its term: the vote, the signature, how it is ended, suspended, disputed, and what it hangs from."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from echeancier.domain.dates.delay import NoticeLength, PlainDelay, Threshold
from echeancier.domain.declared import field_words
from echeancier.domain.model import Day, DayOfYear, Frozen, Months, OneLine, Prose, Reference, Slug
from echeancier.domain.terms.fields import (
    DAY_OF_YEAR_HINT,
    DELAY_HINT,
    THRESHOLD_HINT,
    BlockWords,
    Cited,
    CitedIfAny,
    EventKey,
    Id,
    InEnglish,
    PartyKey,
    PartyOrEither,
    PartyOrOther,
    RoleKey,
    WithFormerKeys,
    block_words,
)
from echeancier.domain.terms.renewal import UpTo50

LetterForm = Annotated[
    Literal["lrar", "lr", "unstated"],
    field_words(
        "Forme",
        "Form",
        values={
            "lrar": ("recommandé avec avis de réception", "registered with receipt"),
            "lr": ("recommandé", "registered"),
            "unstated": ("le texte ne dit rien", "the text is silent"),
        },
        folded=True,
    ),
]


class CouncilAct(Frozen):
    """The decision of an assembly that authorises the signature (the dates are facts, not terms).

    Attributes:
        id: what facts name it by: needed where several assemblies vote, or where one vote authorises several conventions, each of
            which then gives it the same id.
        party: the local authority whose assembly votes.
        body: the assembly, as in « conseil municipal ».
        number: as printed; a number whose digits contradict the session is a warning.
        authorises_months: the duration the assembly voted; a warning when it differs from the convention’s.
        authority_cited_on: the date of the deliberation that the convention cites as its authority, if printed.
        transmission_id: what the prefecture's platform printed (department, SIREN, act day, number…); an act day that
            is not the session's is a warning.
        inhabitants_under_3500: shortens the convocation delay (CGCT L.2121-11 / L.2121-12).
    """

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Vote d’une assemblée", "Vote of an assembly"), adding=("Ajouter un vote", "Add a vote")
    )
    id: Annotated[
        Slug | None,
        field_words(
            "Clé de la délibération",
            "Key of the act",
            label=("Délibération, telle que nous la nommons", "Act, as we name it"),
            hint=(
                "Si plusieurs assemblées votent, ou si ce vote autorise plusieurs conventions : la même dans chacune, 2026-118.",
                "Where several assemblies vote, or this vote authorises several conventions: the same in each, 2026-118.",
            ),
            folded=True,
        ),
    ] = None
    party: Annotated[PartyKey, field_words("Partie", "Party")]
    body: Annotated[OneLine, field_words("Assemblée", "Assembly")]
    number: Annotated[OneLine, field_words("Numéro imprimé sur la convention", "Number printed on it", folded=True)] = (
        ""
    )
    authorises_months: Annotated[
        Months | None, field_words("Durée votée, en mois", "Duration voted, in months", folded=True)
    ] = None
    authority_cited_on: Annotated[
        Day | None,
        field_words("Délibération citée par la convention, du", "Deliberation the convention cites, of", folded=True),
    ] = None
    transmission_id: Annotated[
        OneLine, field_words("Identifiant de télétransmission", "Transmission id", folded=True)
    ] = ""
    inhabitants_under_3500: Annotated[
        bool, field_words("Commune de moins de 3 500 habitants", "Commune under 3,500 inhabitants", folded=True)
    ] = False
    clauses: CitedIfAny = ()


class Signing(Frozen):
    """How the paper goes round for signature.

    Attributes:
        order: the parties one after the other; those left out, or all when it is empty, may sign at any time.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Signature", "Signature"))
    order: Annotated[tuple[PartyKey, ...], field_words("Ordre des signatures", "Order of the signatures")] = ()
    clauses: CitedIfAny = ()


class AutomaticEnd(Frozen):
    """An event that ends it by itself (« de plein droit »), not awaited: recorded, it ends the convention as a letter does.

    Attributes:
        event: what ends it (a dissolution, the end of a financing), recorded when it happens.
        after: how long after it the convention ends; on its day when left out.
        unless: the event that saves it, where it is recorded before that day.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Fin de plein droit", "Automatic end"))
    id: Id
    event: Annotated[
        EventKey,
        field_words(
            "Événement (clé)",
            "Event (key)",
            label=("Événement", "Event"),
            hint=(
                "L’événement à enregistrer s’il arrive, comme dissolution.",
                "The event to record if it happens, as dissolution.",
            ),
        ),
    ]
    after: Annotated[
        PlainDelay | None,
        field_words("Tant de temps après (vide : le jour même)", "So long after (empty: on that day)", hint=DELAY_HINT),
    ] = None
    unless: Annotated[
        EventKey | None,
        field_words(
            "Sauf si, avant, arrive (clé)",
            "Unless, before, there is (key)",
            label=("Sauf si, avant, arrive", "Unless, before, there is"),
            folded=True,
        ),
    ] = None
    clauses: Cited


class WithinDelay(Frozen):
    """An event after which a letter may be posted for so long (« dans les deux mois de la hausse »), and not otherwise.

    Attributes:
        event: recorded when it happens.
        delay: counted from it.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Seulement après un événement", "Only after an event"))
    event: Annotated[
        EventKey,
        field_words(
            "Événement (clé)",
            "Event (key)",
            label=("Événement", "Event"),
            hint=("L’événement à enregistrer, comme hausse-notifiee.", "The event to record, as rise-notified."),
        ),
    ]
    delay: Annotated[PlainDelay, field_words("Dans un délai de", "Within", hint=DELAY_HINT)]


class RequiredState(Frozen):
    """What must have lasted before a letter may be posted (« en cas d’absence de plus de trois mois »).

    Attributes:
        event: the event that begins it, recorded when it happens.
        threshold: how long it must have lasted.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Seulement si cela dure", "Only if it lasts"))
    event: Annotated[
        EventKey,
        field_words(
            "Événement qui commence (clé)",
            "Event that begins (key)",
            label=("Événement qui commence", "Event that begins"),
            hint=("L’événement à enregistrer, comme locaux-fermes.", "The event to record, as premises-closed."),
        ),
    ]
    threshold: Annotated[Threshold, field_words("Plus de", "More than", hint=THRESHOLD_HINT)]


def _alone(given: object) -> object:
    """One word is written without brackets: ``who = "either"``."""
    return (given,) if isinstance(given, str) else given


class Termination(WithFormerKeys):
    """One way to end the convention early by a notice: what starts it, and what it counts back to, are two things.

    Attributes:
        who: the parties that may use it; ``either``: any of them.
        length: the length of the notice; ``bound`` at_least (« au moins ») or at_most (« un mois maximum »).
        last_day: instead of a length, the day of the year by which it must start, as ``"05-15"``.
        starts: what starts it: the sending, the receipt, the first presentation, the day written in the letter (with the
            length counted from receipt), or nothing said.
        until: the days on which it may end the convention, all last days in force; ``term`` denies a tacit renewal.
        on: the day of the year, for ``until = "day"``; for ``school-year-end``, 31 August unless given.
        period: months of a period, for ``until = "period-end"``.
        within: only for so long after an event.
        requires: only once a state has lasted.
        after_years: it opens on the first day after so many years (« à partir de la quatrième année »: 3).
        form: registered letter with receipt (``lrar``), registered letter (``lr``), or none said.
        reasons: which reasons the letter must give, if any.
        on_exit: of three parties or more, what becomes of the others once one has left by this clause; None where the text is
            silent: asked.
        letter_to: the role the letter is addressed to.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Résiliation", "Termination"))
    FORMER: ClassVar[Mapping[str, str]] = {
        "months": "length = { months = 3 }",
        "basis": 'starts = "receipt" (ou sending, first-presentation, letter-date, unstated), et until = "anniversary" pour une '
        "échéance annuelle",
        "bound": 'bound = "at_least" ou "at_most" dans length',
        "reasons_required": 'reasons = "motivated"',
    }
    id: Id
    who: Annotated[
        tuple[PartyOrEither, ...], BeforeValidator(_alone), field_words("Qui peut l’utiliser", "Who may use it")
    ] = Field(min_length=1)
    length: Annotated[NoticeLength | None, field_words("Durée du préavis", "Length of the notice", hint=DELAY_HINT)] = (
        None
    )
    last_day: Annotated[
        DayOfYear | None,
        field_words(
            "Ou au plus tard le (mois-jour)", "Or at the latest on (month-day)", hint=DAY_OF_YEAR_HINT, folded=True
        ),
    ] = None
    starts: Annotated[
        Literal["sending", "receipt", "first-presentation", "letter-date", "unstated"],
        field_words(
            "Le préavis court à compter",
            "The notice runs from",
            values={
                "sending": ("de l’envoi", "the sending"),
                "receipt": ("de la réception", "the receipt"),
                "first-presentation": ("de la première présentation", "the first presentation"),
                "letter-date": ("du jour écrit dans la lettre", "the day written in the letter"),
                "unstated": ("le texte ne dit rien", "the text is silent"),
            },
        ),
    ]
    until: Annotated[
        Literal[
            "any-day", "anniversary", "civil-year-end", "school-year-end", "period-end", "month-end", "day", "term"
        ],
        field_words(
            "Pour finir",
            "To end on",
            values={
                "any-day": ("un jour quelconque", "any day"),
                "anniversary": ("à l’échéance annuelle", "an annual due date"),
                "civil-year-end": ("au 31 décembre", "31 December"),
                "school-year-end": ("à la fin de l’année scolaire", "the end of the school year"),
                "period-end": ("à la fin d’une période", "the end of a period"),
                "month-end": ("à la fin d’un mois", "the end of a month"),
                "day": ("à un jour de l’année", "a day of the year"),
                "term": (
                    "au terme d’une période, pour ne pas la reconduire",
                    "the end of a period, so as not to renew it",
                ),
            },
        ),
    ] = "any-day"
    on: Annotated[
        DayOfYear | None,
        field_words(
            "Ce jour de l’année (mois-jour)", "That day of the year (month-day)", hint=DAY_OF_YEAR_HINT, folded=True
        ),
    ] = None
    period: Annotated[Months | None, field_words("Mois d’une période", "Months of a period", folded=True)] = None
    after_years: Annotated[
        UpTo50 | None,
        field_words(
            "Seulement après tant d’années",
            "Only after so many years",
            hint=("« À partir de la quatrième année » : 3.", "“From the fourth year on”: 3."),
            folded=True,
        ),
    ] = None
    within: Annotated[
        WithinDelay | None, field_words("Seulement après un événement", "Only after an event", folded=True)
    ] = None
    requires: Annotated[
        RequiredState | None, field_words("Seulement si cela dure", "Only if it lasts", folded=True)
    ] = None
    form: LetterForm = "unstated"
    reasons: Annotated[
        Literal["any", "motivated", "listed", "general-interest", "none-needed"],
        field_words(
            "Motifs",
            "Reasons",
            values={
                "any": ("le texte n’en parle pas", "the text is silent"),
                "motivated": ("la lettre doit les donner", "the letter must give them"),
                "listed": ("ceux que le texte énumère", "those the text lists"),
                "general-interest": ("l’intérêt général", "the general interest"),
                "none-needed": ("sans avoir à en donner", "none needed"),
            },
            folded=True,
        ),
    ] = "any"
    on_exit: Annotated[
        Literal["continues", "ends"] | None,
        field_words(
            "À trois parties ou plus, pour les autres",
            "With three parties or more, for the others",
            hint=(
                "Vide : le texte n’en dit rien, la question sera posée.",
                "Empty: the text is silent, it will be asked.",
            ),
            values={
                "continues": ("la convention se poursuit", "the convention goes on"),
                "ends": ("la convention prend fin", "the convention ends"),
            },
            folded=True,
        ),
    ] = None
    letter_to: Annotated[
        RoleKey | None, field_words("La lettre est adressée à", "The letter is addressed to", folded=True)
    ] = None
    clauses: Cited

    @model_validator(mode="after")
    def _computable(self) -> "Termination":
        if (self.length is None) == (self.last_day is None):
            raise ValueError(
                f"« {self.id} » : donner length (une durée) ou last_day (un jour de l’année), l’un des deux"
            )
        if self.last_day is not None and self.until == "any-day":
            raise ValueError(f"« {self.id} » : écrire au plus tard le {self.last_day}, pour finir quand ? Donner until")
        wanted = {"day": "on", "period-end": "period"}
        allowed = {**wanted, "school-year-end": "on"}
        needed = wanted.get(self.until)
        if needed is not None and getattr(self, needed) is None:
            raise ValueError(f"« {self.id} » : until = « {self.until} » demande {needed}")
        for name in ("on", "period"):
            if getattr(self, name) is not None and name != allowed.get(self.until):
                raise ValueError(f"« {self.id} » : {name} ne va pas avec until = « {self.until} »")
        return self

    @property
    def reasons_required(self) -> bool:
        """Whether the letter may not leave without its reasons."""
        return self.reasons not in ("any", "none-needed")


class BreachProcedureStep(WithFormerKeys):
    """One step of a breach procedure.

    Attributes:
        does: what happens.
        form: of the letter, if there is one.
        who: the party that does it; ``either``: whoever complains, or is complained of, as the step wants it.
        delay: the time it opens, None when the text gives none.
        starts: what starts that time; ``answer`` is contested (whose answer?), ``information`` and ``letter`` differ.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "by": "who",
        "months": "delay = { months = 1 }",
        "from": "starts",
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Étape", "Step"), adding=("Ajouter une étape", "Add a step"))
    does: Annotated[
        Literal["inform-reasons", "comment", "decide", "suspend", "formal-notice", "cure", "ends"],
        field_words(
            "Ce qui se passe",
            "What happens",
            values={
                "inform-reasons": ("communiquer les motifs", "give the reasons"),
                "comment": ("observations", "comments"),
                "decide": ("décision", "decision"),
                "suspend": ("suspension", "suspension"),
                "formal-notice": ("mise en demeure", "formal notice"),
                "cure": ("réponse ou remède", "answer or cure"),
                "ends": ("fin de la convention", "end of the convention"),
            },
        ),
    ]
    who: Annotated[PartyOrEither, field_words("Par qui", "By whom")]
    form: LetterForm = "unstated"
    delay: Annotated[PlainDelay | None, field_words("Délai ouvert", "Delay opened", hint=DELAY_HINT)] = None
    starts: Annotated[
        Literal["sending", "receipt", "information", "letter", "answer"] | None,
        field_words(
            "Délai compté à partir de",
            "Delay counted from",
            values={
                "sending": ("de l’envoi", "the sending"),
                "receipt": ("de la réception", "the receipt"),
                "information": ("l’information", "the information"),
                "letter": ("la lettre", "the letter"),
                "answer": ("la réponse", "the answer"),
            },
        ),
    ] = None
    clauses: Cited

    @model_validator(mode="after")
    def _starts_with_a_delay(self) -> "BreachProcedureStep":
        if (self.delay is None) != (self.starts is None):
            raise ValueError("une étape d’un manquement : delay et starts (ce qui le fait courir) vont ensemble")
        if self.delay is not None and self.does not in ("comment", "cure") and self.starts != "answer":
            raise ValueError(
                f"étape « {self.does} » d’un manquement : son délai ne compterait rien ; le temps donné pour répondre se met à "
                'l’étape comment ou cure, celui de la fin à ends, avec starts = "answer"'
            )
        if self.starts == "answer" and self.does != "ends":
            raise ValueError('étape d’un manquement : starts = "answer" ne va qu’à l’étape ends')
        return self


class Breach(Frozen):
    """A breach procedure, step by step; no step with a delay means a human event only, hence no timer."""

    WORDS: ClassVar[BlockWords] = block_words(called=("Procédure de manquement", "Breach procedure"))
    id: Id
    against: Annotated[tuple[PartyOrOther, ...], BeforeValidator(_alone), field_words("Contre qui", "Against whom")] = (
        Field(min_length=1)
    )
    grounds: Annotated[Prose, field_words("Pour quels motifs", "On which grounds")]
    steps: Annotated[tuple[BreachProcedureStep, ...], field_words("Étapes", "Steps")] = ()
    clauses: Cited


class Suspension(WithFormerKeys):
    """What suspends the convention and how it resumes (« une absence de plus de 30 jours »).

    Attributes:
        absence: an absence longer than this suspends.
        on_departure: the departure of the person assigned suspends too, at once.
        extends: the term is put off by as many days as it was suspended (« prolongée d’autant »); else it stays.
        resumes_after: what must have happened for it to resume, in words.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "absence_days": 'absence = { days = 30, more_than = true, since = "state" }',
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Suspension", "Suspension"))
    id: Id
    absence: Annotated[
        Threshold | None, field_words("Absence de plus de", "Absence of more than", hint=THRESHOLD_HINT)
    ] = None
    on_departure: Annotated[bool, field_words("Le départ de l’agent suspend aussi", "A departure suspends too")] = False
    extends: Annotated[
        bool,
        field_words("La durée est prolongée d’autant de jours", "The term is prolonged by as many days"),
    ] = False
    resumes_after: Annotated[Prose, field_words("Reprise après", "Resumes after")] = ""
    clauses: Cited

    @model_validator(mode="after")
    def _something_prolongs(self) -> "Suspension":
        if self.extends and self.absence is None and not self.on_departure:
            raise ValueError(
                "suspension : extends ne prolonge rien sans ce qui suspend : ajouter absence ou on_departure"
            )
        return self


class Dispute(WithFormerKeys):
    """An amicable phase before court; without ``delay`` the text gives none."""

    FORMER: ClassVar[Mapping[str, str]] = {
        "months": "delay = { months = 1 }",
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Différend", "Dispute"))
    delay: Annotated[PlainDelay | None, field_words("Durée de la phase amiable", "Amicable phase", hint=DELAY_HINT)] = (
        None
    )
    court: Annotated[OneLine, field_words("Tribunal", "Court")] = ""
    clauses: Cited


class Parent(Frozen):
    """The convention this one hangs from.

    Attributes:
        reference: of the convention that really is its parent in our files, None when it is not known (orphan).
        cited_as: what the text cites, in our words.
        contradictory: the text cites another one: capped prudently, and asked about.
        on_parent_end: what its own clause says when the parent ends (``unstated``: the text is silent).
        on_parent_extended: what it says when the parent is extended.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Convention mère", "Parent convention"))
    reference: Annotated[
        Reference | None,
        field_words(
            "Sa référence dans nos dossiers (vide : inconnue)",
            "Its reference in our files (empty: unknown)",
            hint=(
                "Lettres sans accent, chiffres, points et tirets, comme VILLE-2026.",
                "Letters without accents, digits, dots and hyphens, as VILLE-2026.",
            ),
        ),
    ] = None
    cited_as: Annotated[Prose, field_words("Comme le texte la cite", "As the text cites it")]
    contradictory: Annotated[
        bool, field_words("Le texte en cite une autre", "The text cites another one", folded=True)
    ] = False
    on_parent_end: Annotated[
        Literal["ends", "capped", "own-date", "unstated"],
        field_words(
            "Si la mère prend fin",
            "If the parent ends",
            values={
                "ends": ("elle prend fin aussi", "it ends too"),
                "capped": ("elle ne peut durer plus", "it may not last longer"),
                "own-date": ("elle garde sa date", "it keeps its own date"),
                "unstated": ("le texte ne dit rien", "the text is silent"),
            },
        ),
    ] = "unstated"
    on_parent_extended: Annotated[
        Literal["may-renew", "follows-cap", "unstated"],
        field_words(
            "Si la mère est prolongée",
            "If the parent is extended",
            values={
                "may-renew": ("elle peut être renouvelée", "it may be renewed"),
                "follows-cap": ("elle suit le nouveau plafond", "it follows the new cap"),
                "unstated": ("le texte ne dit rien", "the text is silent"),
            },
        ),
    ] = "unstated"
    clauses: Cited


class AccountManager(Frozen):
    """Who manages the accounts opened on the operator's tool (RGC, « administrateur »), and how that is watched.

    Attributes:
        accounts: how many may be open at once, None where the text sets no limit.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Gestionnaire de comptes", "Account manager"))
    name: Annotated[OneLine, field_words("Comment le texte l’appelle", "What the text calls it")]
    agreed_by: Annotated[OneLine, field_words("Agréé par", "Agreed by")]
    told_to: Annotated[OneLine, field_words("Changements dits à", "Changes told to")]
    accounts: Annotated[
        int | None,
        field_words(
            "Comptes autorisés",
            "Accounts allowed",
            hint=("Vide : le texte ne les limite pas.", "Empty: the text sets no limit."),
        ),
    ] = Field(default=None, ge=0, le=1_000_000)
    staff_of: Annotated[OneLine, field_words("Agents de", "Staff of", folded=True)] = ""
    clauses: Cited


class DataProtection(Frozen):
    """Who answers for personal data before the supervisory authority and the persons (GDPR), beside the clauses.

    Attributes:
        controllers: the parties that decide on a processing of their own: they notify breaches (GDPR art. 33 and 34).
        breach: the event of a breach found; ``request``, that of a person who asks (GDPR art. 12).
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Données personnelles (RGPD)", "Personal data (GDPR)"))
    controllers: Annotated[
        tuple[PartyKey, ...], field_words("Responsables d’un traitement", "Controllers of a processing")
    ] = Field(min_length=1)
    breach: Annotated[EventKey, field_words("Événement d’une violation trouvée", "Event of a breach found")] = (
        "breach-discovered"
    )
    request: Annotated[
        EventKey, field_words("Événement d’une personne qui demande", "Event of a person who asks", folded=True)
    ] = "person-request"
    clauses: Cited


class Territory(Frozen):
    """A territory that communes may join or leave while the convention runs.

    Attributes:
        party: whose territory it is.
        follows: the convention applies to whoever joins, by its own words, without an amendment.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Territoire qui peut changer", "Territory that may change"))
    party: Annotated[PartyKey, field_words("Partie", "Party")]
    follows: Annotated[
        bool,
        field_words(
            "Vaut d’office pour les communes qui le rejoignent",
            "Applies by itself to communes that join it",
            folded=True,
        ),
    ] = False
    clauses: Cited


class Survival(Frozen):
    """Something that outlives the convention: its end and the closing of the file do not end it.

    Attributes:
        during: for how long after the last day in force (« pendant deux ans après la fin »); None where the text does not say.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Ce qui survit à la fin", "What survives the end"))
    id: Id
    text: Annotated[Prose, field_words("En clair", "In words")]
    text_en: InEnglish
    during: Annotated[
        PlainDelay | None,
        field_words("Pendant combien de temps après la fin", "For how long after the end", hint=DELAY_HINT),
    ] = None
    clauses: Cited
