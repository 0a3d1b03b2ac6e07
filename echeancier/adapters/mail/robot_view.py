"""What the robot could not do, in words, for whoever looks after it."""

from typing import Final

from echeancier.domain.dates.words import moment
from echeancier.domain.messages.digest import Robot
from echeancier.domain.model import Text

_ZONE: Final = "Europe/Paris"


def troubles_in_words(robot: Robot, language: str) -> tuple[str, ...]:
    """Return what it could not do, one sentence each; empty when it could do everything."""
    found: list[Text] = []
    if robot.unreadable:
        names = ", ".join(robot.unreadable)
        found.append(
            Text(
                fr=f"Dossiers illisibles, absents de ce courriel : {names}.",
                en=f"Files that could not be read and are missing here: {names}.",
            )
        )
    found += [trouble.said for trouble in robot.stuck]
    if robot.mailbox.state == "unread":
        found.append(_unread(robot, language))
    if robot.mailbox.left:
        left = robot.mailbox.left
        found.append(
            Text(
                fr=f"Réponses restées dans la boîte, à lire par une personne : {left}.",
                en=f"Answers left in the mailbox for a person to read: {left}.",
            )
        )
    if robot.refused:
        found.append(
            Text(
                fr=f"Courriels du dernier envoi qui n’ont pas pu partir : {robot.refused}.",
                en=f"Mails of the last round that could not leave: {robot.refused}.",
            )
        )
    return tuple(text.in_language(language) for text in found)


def _unread(robot: Robot, language: str) -> Text:
    if robot.mailbox.read_at is None:
        return Text(
            fr="La boîte des réponses n’est pas lue : les réponses reçues n’y sont pas enregistrées.",
            en="The mailbox of the answers is not being read: what it received is not recorded.",
        )
    since = moment(robot.mailbox.read_at, _ZONE, language)
    return Text(
        fr=f"La boîte des réponses n’est plus lue depuis le {since}.",
        en=f"The mailbox of the answers has not been read since {since}.",
    )
