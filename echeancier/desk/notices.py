"""What is said at the top of a page after a form: a closed list, so that an address cannot put words in our mouth."""

from typing import Final

from echeancier.domain.model import Text

NOTICES: Final = {
    "recorded": Text(
        fr="C’est enregistré. Les dates ci-dessous en tiennent compte.",
        en="Recorded. The dates below take it into account.",
    ),
    "validated": Text(
        fr="La lettre est validée. Elle vous est envoyée et gardée au dossier : à imprimer, signer et poster.",
        en="The letter is validated. It is sent to you and kept on file: print it, have it signed, post it.",
    ),
    "corrected": Text(
        fr="Le fait est rectifié ; l’ancienne version est conservée dans le journal.",
        en="The fact was put right; the former version is kept in the journal.",
    ),
    "cancelled": Text(
        fr="Le fait ne compte plus ; il reste visible dans le journal.",
        en="The fact no longer counts; it stays visible in the journal.",
    ),
    "started": Text(
        fr="La convention est enregistrée : l’échéancier la suit désormais.",
        en="The convention is registered: it is followed from now on.",
    ),
    "terms": Text(
        fr="Les termes sont rectifiés ; les anciens sont conservés.",
        en="The terms were corrected; the former ones are kept.",
    ),
    "withdrawn": Text(
        fr="La convention est retirée ; les personnes déjà prévenues vont l’apprendre.",
        en="The convention is withdrawn; those already written to will be told.",
    ),
    "removed": Text(
        fr="La convention est retirée ; tout ce qui en était gardé est en cours de destruction.",
        en="The convention is removed; all that was kept of it is being destroyed.",
    ),
    "purge-confirm": Text(
        fr="La purge est confirmée : elle aura lieu à la date dite, et ne se défera pas.",
        en="The purge is confirmed: it takes place on the day said, and cannot be undone.",
    ),
    "purge-hold": Text(
        fr="Le dossier est retenu : rien ne sera détruit.", en="The file is held: nothing will be destroyed."
    ),
    "purge-release": Text(
        fr="Plus rien ne retient le dossier : la purge est à confirmer de nouveau.",
        en="Nothing holds the file any more: the purge is to be confirmed again.",
    ),
    "draft-copied": Text(
        fr="Le brouillon avait changé dans un autre onglet, ou n’existait plus : ce qui était tapé est gardé dans cette copie.",
        en="The draft had changed in another tab, or was no more: what was typed here is kept in this copy.",
    ),
    "draft-gone": Text(
        fr="Ce brouillon n’est plus : il a été commencé, ou jeté, dans un autre onglet.",
        en="This draft is no more: it was started, or thrown away, in another tab.",
    ),
    "draft-discarded": Text(fr="Le brouillon est jeté.", en="The draft is thrown away."),
    "clause-there": Text(
        fr="Rien n’était coché, ou une clause cochée y était déjà : le reste est ajouté.",
        en="Nothing was ticked, or a clause that was is there already: the rest is added.",
    ),
    "book-added": Text(fr="L’annuaire est complété.", en="The book is completed."),
    "book-changed": Text(fr="L’annuaire est à jour.", en="The book is up to date."),
    "book-same": Text(
        fr="Rien n’a changé : l’annuaire dit déjà cela.", en="Nothing changed: the book says so already."
    ),
    "book-removed": Text(fr="La fonction n’est plus dans l’annuaire.", en="The function is no longer in the book."),
    "book-none": Text(
        fr="Choisir d’abord une fonction de l’annuaire.", en="Choose a function of the address book first."
    ),
    "book-apart": Text(
        fr="C’est noté : ces deux fonctions ne seront plus rapprochées.",
        en="Noted: these two functions will not be brought together again.",
    ),
    "attached": Text(
        fr="La pièce est au dossier, chiffrée ; son empreinte est au journal.",
        en="The paper is on file, encrypted; its hash is in the journal.",
    ),
    "revoked": Text(
        fr="L’abonnement est révoqué : son adresse ne répond plus. Les agendas gardent un temps ce qu’ils avaient lu.",
        en="The subscription is revoked: its address no longer answers. Calendars keep for a while what they had read.",
    ),
}
"""Code in the address -> words."""
