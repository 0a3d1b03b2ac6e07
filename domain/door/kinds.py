"""Every kind of fact and its fields, in words: a closed table for help texts, forms and refusals."""

from domain.door.help import KindHelp
from domain.door.kinds_of_course import COURSE
from domain.door.kinds_of_end import END
from domain.door.kinds_of_letters import LETTERS
from domain.door.kinds_of_life import LIFE
from domain.door.kinds_of_mail import MAIL
from domain.door.kinds_of_roles import ROLES

KINDS: dict[str, KindHelp] = {kind.kind: kind for kind in (*COURSE, *LETTERS, *END, *MAIL, *ROLES, *LIFE)}
"""Kind -> its help; a test compares it with the models, field by field."""
