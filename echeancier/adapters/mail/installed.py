"""What puts messages into words on this installation: its addresses, its links, its keys."""

from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.mail.digest import TemplateDigestWriter
from echeancier.adapters.mail.links import MailLinks
from echeancier.adapters.mail.rendering import Renderer
from echeancier.adapters.mail.writer import TemplateMailWriter
from echeancier.adapters.settings import Settings
from echeancier.domain.messages.mail import Mailbox


def writer_of(settings: Settings, keys: LinkKeys) -> TemplateMailWriter:
    """Return what puts messages into words."""
    return TemplateMailWriter(renderer_of(settings, keys))


def renderer_of(settings: Settings, keys: LinkKeys) -> Renderer:
    """Return what words mails, with the addresses and the links of this installation."""
    return Renderer(
        sender_of(settings),
        settings.bounce_address,
        settings.domain,
        settings.desk_url or None,
        keys=keys,
        links=links_of(settings, keys),
        answers_come_back=settings.imap is not None,
    )


def digest_writer_of(settings: Settings, keys: LinkKeys) -> TemplateDigestWriter:
    """Return what puts a digest, and what the mail of the day says beside it, into words."""
    renderer = renderer_of(settings, keys)
    return TemplateDigestWriter(
        sender_of(settings),
        settings.domain,
        settings.desk_url,
        parts=lambda told: renderer.told_inside(tuple(told)),
        links=links_of(settings, keys),
    )


def sender_of(settings: Settings) -> Mailbox:
    """Return the mailbox that writes."""
    return Mailbox(name=settings.sender_name, address=settings.sender)


def links_of(settings: Settings, keys: LinkKeys) -> MailLinks | None:
    """Return what writes the one-click links, None without a public address."""
    return MailLinks(settings.links_url, keys) if settings.links_url else None
