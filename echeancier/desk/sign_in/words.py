"""Why somebody stands at the door, in words: a closed list, so that an address cannot put words in our mouth."""

from dataclasses import dataclass
from typing import Final

from echeancier.domain.model import Text


@dataclass(frozen=True)
class Motive:
    """One reason.

    Attributes:
        says: what happened, and what to do.
        status: of the page.
        refused: nobody came in; otherwise it is only news.
        barred: the same account would be refused again.
    """

    says: Text
    status: int = 400
    refused: bool = True
    barred: bool = False


MOTIVES: Final = {
    "out": Motive(
        Text(fr="Vous êtes déconnecté du bureau.", en="You are signed out of the desk."),
        status=200,
        refused=False,
    ),
    "cancelled": Motive(
        Text(
            fr="La connexion a été interrompue avant la fin. Rien n’est perdu : on peut recommencer.",
            en="The sign-in was cut short. Nothing is lost: you may start again.",
        )
    ),
    "stale": Motive(
        Text(
            fr="Cette demande de connexion est trop ancienne, a déjà servi, ou a été ouverte dans un autre navigateur. "
            "Recommencez ; si cela se répète, vérifiez que ce navigateur accepte les cookies.",
            en="This sign-in is too old, was used already, or was opened in another browser. "
            "Start again; if it happens twice, check that this browser accepts cookies.",
        )
    ),
    "unverified": Motive(
        Text(
            fr="La réponse du service de connexion n’a pas pu être vérifiée : personne n’est entré. Recommencez ; si cela se "
            "répète, prévenez la personne qui administre Échéancier, la raison est dans les traces du serveur.",
            en="The answer of the sign-in service could not be verified: nobody came in. Start again; if it happens twice, "
            "tell whoever administers Échéancier: the reason is in the server’s log.",
        )
    ),
    "clock": Motive(
        Text(
            fr="L’horloge de ce serveur et celle du service de connexion ne s’accordent pas, ou la réponse est arrivée trop "
            "tard. Recommencez ; si cela se répète, la personne qui administre Échéancier doit remettre l’horloge à l’heure.",
            en="The clock of this server and that of the sign-in service do not agree, or the answer came too late. "
            "Start again; if it happens twice, whoever administers Échéancier must set the clock.",
        ),
        status=503,
    ),
    "unreachable": Motive(
        Text(
            fr="Le service de connexion ne répond pas. Les rappels continuent de partir ; recommencez dans quelques minutes.",
            en="The sign-in service does not answer. Reminders still go out; start again in a few minutes.",
        ),
        status=503,
    ),
    "misconfigured": Motive(
        Text(
            fr="Le service de connexion et les réglages d’Échéancier ne s’accordent pas. Recommencer n’y changera rien : "
            "prévenez la personne qui administre Échéancier, la raison est dans les traces du serveur.",
            en="The sign-in service and the settings of Échéancier do not agree. Starting again will not help: "
            "tell whoever administers Échéancier: the reason is in the server’s log.",
        ),
        status=503,
    ),
    "email": Motive(
        Text(
            fr="Le service de connexion ne garantit pas votre adresse : vérifiez-la auprès de lui, puis recommencez.",
            en="The sign-in service does not vouch for your address: have it verified there, then start again.",
        ),
        status=403,
    ),
    "unknown": Motive(
        Text(
            fr="Vous êtes bien identifié, mais personne ne vous a donné accès à ce bureau. Demandez à la coordination des "
            "conventions d’ajouter votre adresse professionnelle, ou entrez avec un autre compte.",
            en="You were recognised, but nobody gave you access to this desk. Ask the coordinator of conventions to add "
            "your professional address, or come in with another account.",
        ),
        status=403,
        barred=True,
    ),
    "busy": Motive(
        Text(
            fr="Trop d’essais en peu de temps depuis ce réseau : attendez quelques minutes, puis recommencez.",
            en="Too many attempts in a short time from this network: wait a few minutes, then start again.",
        ),
        status=429,
    ),
}
"""Key of an address, or `adapters.sign_in.errors.LoginError.motive` -> words."""
