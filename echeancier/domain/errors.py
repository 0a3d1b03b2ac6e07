"""Errors that the program raises on purpose, each with a French message for whoever can put it right."""


class EcheancierError(Exception):
    """Base of the errors raised on purpose; the message is French and says what would be right."""


class FileContentError(EcheancierError):
    """A file written by a person cannot be used as it stands.

    Attributes:
        file: the file's name as shown to the person.
        problems: everything found wrong, each as « place : what would be right ».
    """

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        self.file = file
        self.problems = problems
        super().__init__("\n".join(f"{file}\u00a0: {problem}" for problem in problems))


class ConventionFileError(FileContentError):
    """A convention file cannot be read, or does not hang together."""


class MailboxError(EcheancierError):
    """The mailbox of the answers cannot be used now.

    Attributes:
        final: trying again will not help: a setting must be put right.
    """

    def __init__(self, message: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(message)


class FactsFileError(FileContentError):
    """A facts file cannot be read."""
