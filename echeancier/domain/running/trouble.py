"""What is stuck, and what to do: one convention, or the whole installation. Made in one place, said everywhere alike."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, Literal

from pydantic import AwareDatetime

from echeancier.domain.model import Frozen, Text

Cause = Literal[
    "failing",
    "plan",
    "ended",
    "key",
    "silent",
    "purge",
    "clock",
    "no-worker",
    "engine",
    "relay",
    "disk",
    "stranger",
    "archive",
    "act",
    "book",
]


class Trouble(Frozen):
    """Something that does not do its work.

    Attributes:
        cause: ``failing``: the workflow's task fails; ``plan``: its plan does; ``ended``: the engine ended it, its file is not
            closed; ``key``: its key is lost; ``silent``: no answer in time; ``purge``: what destroys its file was ended,
            or fails; ``archive``: the record of its purge cannot be read; ``act``: it does not know of a deliberation what the
            others that cite it know. Of the installation: ``book``: its address book cannot be read;
            ``clock`` behind the engine,
            ``no-worker``, ``engine`` unreachable, ``relay``: it takes no mail of ours, ``disk`` nearly full, ``stranger``:
            somebody else started something in the engine.
        reference: of the convention, empty for the whole installation.
        since: as far as it is known.
        detail: the name of an error, a length of time, a size, the name of what a stranger started, why the relay takes
            nothing, the id of an act; never what a file says.
    """

    cause: Cause
    reference: str = ""
    since: AwareDatetime | None = None
    detail: str = ""

    @property
    def said(self) -> Text:
        """What is wrong, then what to do."""
        fr, en = _WORDS[self.cause]
        return Text(fr=fr(self), en=en(self))

    @property
    def removable(self) -> bool:
        """Whether its manager may remove the convention without its workflow having a say."""
        return bool(self.reference) and self.cause not in ("silent", "purge", "archive", "act")


def length(behind: timedelta) -> str:
    """Return a length of time as a clock shows it, seconds included: ``2 h 05 min 00 s``."""
    seconds = round(behind.total_seconds())
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    shown = f"{hours}\u00a0h {minutes:02}\u00a0min " if hours else f"{minutes}\u00a0min " if minutes else ""
    return f"{shown}{seconds:02}\u00a0s" if shown else f"{seconds}\u00a0s"


def _fr(t: Trouble) -> str:
    return f" ({t.detail})" if t.detail else ""


_REMOVE_FR: Final = "Si elle ne doit plus vivre : la retirer malgré tout (echeancier remove {}, ou sa page du bureau)."
_REMOVE_EN: Final = "If it must not live on: remove it all the same (echeancier remove {}, or its page of the desk)."

_WORDS: Final[dict[Cause, tuple[Callable[[Trouble], str], Callable[[Trouble], str]]]] = {
    "failing": (
        lambda t: (
            f"{t.reference} est bloquée : son déroulement échoue{_fr(t)}. Rien ne part plus pour elle et rien ne s’y "
            f"enregistre ; les autres conventions continuent. Mettre le programme à jour : elle reprend alors où elle en était. "
            f"{_REMOVE_FR.format(t.reference)}"
        ),
        lambda t: (
            f"{t.reference} is stuck: its course fails{_fr(t)}. Nothing leaves for it and nothing can be recorded; the "
            f"other conventions go on. Update the program: it then goes on where it was. {_REMOVE_EN.format(t.reference)}"
        ),
    ),
    "plan": (
        lambda t: (
            f"{t.reference} est bloquée : ses échéances ne se calculent plus{_fr(t)}. Rien ne part pour elle ; ce qui "
            f"s’enregistre est gardé. Rectifier le dernier fait ou les termes, ou mettre le programme à jour. "
            f"{_REMOVE_FR.format(t.reference)}"
        ),
        lambda t: (
            f"{t.reference} is stuck: its deadlines can no longer be computed{_fr(t)}. Nothing leaves for it; what is "
            f"recorded is kept. Correct the last fact or the terms, or update the program. {_REMOVE_EN.format(t.reference)}"
        ),
    ),
    "ended": (
        lambda t: (
            f"{t.reference} ne vit plus : le moteur y a mis fin{_fr(t)} sans que son dossier soit clos. Plus rien n’est "
            f"rappelé. Restaurer la dernière sauvegarde, ou la retirer (echeancier remove {t.reference}, ou sa page du bureau) "
            "puis l’enregistrer sous une autre référence."
        ),
        lambda t: (
            f"{t.reference} no longer lives: the engine ended it{_fr(t)} though its file is not closed. Nobody is "
            f"reminded of anything. Restore the last backup, or remove it (echeancier remove {t.reference}, or its page of the "
            "desk) and register it under another reference."
        ),
    ),
    "key": (
        lambda t: (
            f"{t.reference} ne se lit plus : sa clé manque ou ne convient pas. Remettre {t.reference}.json dans le "
            f"dossier keys, depuis une sauvegarde : dans les dix minutes, tout se lit. Sans sauvegarde, rien ne la rendra "
            f"lisible : la retirer (echeancier remove {t.reference}, ou sa page du bureau)."
        ),
        lambda t: (
            f"{t.reference} can no longer be read: its key is missing or does not open. Put {t.reference}.json back into "
            f"the keys directory, from a backup: within ten minutes everything can be read. Without a backup nothing makes it "
            f"readable: remove it (echeancier remove {t.reference}, or its page of the desk)."
        ),
    ),
    "silent": (
        lambda t: (
            f"{t.reference} n’a pas répondu à temps{_fr(t)} : le robot tourne, la machine est sans doute trop occupée. "
            "Ce qui était demandé sera peut-être fait : regarder dans une minute avant de recommencer."
        ),
        lambda t: (
            f"{t.reference} did not answer in time{_fr(t)}: the robot runs, the machine is probably too busy. What was "
            "asked may still be done: look in a minute before asking again."
        ),
    ),
    "purge": (
        lambda t: (
            f"La purge de {t.reference} n’avance plus{_fr(t)} : ce qui reste de son dossier n’est pas détruit. Relancer "
            "« echeancier run » : elle reprend où elle en était. Si elle échoue encore, mettre le programme à jour."
        ),
        lambda t: (
            f"The purge of {t.reference} makes no progress{_fr(t)}: what is left of its file is not destroyed. Start "
            "“echeancier run” again: it goes on where it was. If it still fails, update the program."
        ),
    ),
    "archive": (
        lambda t: (
            f"Ce qui est écrit de la purge de {t.reference} ne se lit plus (archive/{t.reference}/purge.json) ; le reste "
            "continue. Relancer « echeancier run » le refait si cette purge était finie ; sinon, remettre ce fichier depuis "
            "une sauvegarde."
        ),
        lambda t: (
            f"What is written of the purge of {t.reference} can no longer be read (archive/{t.reference}/purge.json); the rest "
            "goes on. Starting “echeancier run” again makes it anew if that purge was finished; if not, put the file back "
            "from a backup."
        ),
    ),
    "act": (
        lambda t: (
            f"{t.reference} ne sait pas la même chose que les autres conventions de la délibération « {t.detail} » : le robot a "
            "voulu la compléter, elle a refusé. Le reste continue. Comparer leurs faits (echeancier show), et rectifier ou "
            "annuler dans l’une ce qui est faux : le robot le dira aux autres."
        ),
        lambda t: (
            f"{t.reference} does not know the same as the other conventions of the act “{t.detail}”: the robot tried to complete "
            "it, it refused. The rest goes on. Compare their facts (echeancier show), and correct or cancel in one of them what "
            "is wrong: the robot will tell the others."
        ),
    ),
    "book": (
        lambda _: (
            "L’annuaire des fonctions (book.json) ne se lit plus ; les conventions n’ont rien perdu, et tout y continue. "
            "Remettre ce fichier depuis une sauvegarde, ou l’écarter : l’annuaire propose alors de nouveau les fonctions des "
            "conventions ouvertes."
        ),
        lambda _: (
            "The address book of functions (book.json) can no longer be read; the conventions have lost nothing and go on. Put "
            "that file back from a backup, or set it aside: the book then proposes the functions of the open conventions again."
        ),
    ),
    "stranger": (
        lambda t: (
            f"Quelqu’un d’autre a lancé dans le moteur, sous le nom « {t.detail} », ce qui n’est pas d’Échéancier : rien ne "
            "lui est dit, rien n’en part. Relancer « echeancier run » l’efface ; chercher qui, sur cette machine, parle au "
            "moteur (SECURITY.md)."
        ),
        lambda t: (
            f"Somebody else started in the engine, under the name “{t.detail}”, what is not Échéancier’s: nothing is told to it, "
            "nothing leaves from it. Starting “echeancier run” again deletes it; find out who, on this machine, speaks to the "
            "engine (SECURITY.md)."
        ),
    ),
    "clock": (
        lambda t: (
            f"L’horloge de cette machine retarde : le moteur a déjà vécu {t.detail} de plus. Ce qu’il a touché entre-temps "
            "ne répond pas avant que l’horloge l’ait rattrapé ; rien n’est perdu. Si elle est fausse, la remettre à l’heure "
            "(timedatectl) ; si elle est juste, attendre."
        ),
        lambda t: (
            f"The clock of this machine is behind: the engine has already lived {t.detail} more. What it touched meanwhile "
            "does not answer until the clock has caught up; nothing is lost. If it is wrong, set it right (timedatectl); if "
            "it is right, wait."
        ),
    ),
    "no-worker": (
        lambda _: (
            "Le moteur est là mais aucun robot n’y travaille : vérifiez que « echeancier run » (ou « echeancier worker ») "
            "tourne."
        ),
        lambda _: (
            "The engine is there but no robot works for it: check that “echeancier run” (or “echeancier worker”) runs."
        ),
    ),
    "engine": (
        lambda t: (
            f"Le moteur ne répond pas{_fr(t)} : vérifiez que « echeancier run » tourne. S’il vient d’être relancé, "
            "recommencer dans une minute ; ce qui était demandé sera peut-être fait."
        ),
        lambda t: (
            f"The engine does not answer{_fr(t)}: check that “echeancier run” runs. If it was just started again, try in a "
            "minute; what was asked may still be done."
        ),
    ),
    "relay": (
        lambda t: (
            f"Le serveur d’envoi ne prend pas nos courriels{_fr(t)} : personne ne reçoit rien. Les destinataires n’y sont pour "
            "rien, et rien n’est perdu : chaque courriel est gardé et présenté de nouveau ; ce qui devient trop ancien est "
            "redit. Vérifier ce serveur, et les réglages ECHEANCIER_SMTP__…"
        ),
        lambda t: (
            f"The mail relay does not take our mail{_fr(t)}: nobody receives anything. The recipients have nothing to do with "
            "it, and nothing is lost: each mail is kept and handed over again; what becomes too old is said again. Check "
            "that server, and the settings ECHEANCIER_SMTP__…"
        ),
    ),
    "disk": (
        lambda t: (
            f"Le disque des données est presque plein{_fr(t)} : quand il l’est, plus rien ne s’enregistre. Faire de la place."
        ),
        lambda t: f"The disk of the data is nearly full{_fr(t)}: once it is, nothing more is recorded. Make room.",
    ),
}
