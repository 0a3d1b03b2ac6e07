"""The help pages in French: the few English words that typer writes by itself."""

from typing import Any

from typer.core import TyperCommand, TyperGroup

_HELP = "Affiche cette aide."


class FrenchCommand(TyperCommand):
    """A command whose ``--help`` is in French. Typer keeps the types of its options to itself."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option, explained in French."""
        return _in_french(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Draw the help page."""
        _speak_french()
        super().format_help(ctx, formatter)


class FrenchGroup(TyperGroup):
    """A group of commands whose ``--help`` is in French."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help option, explained in French."""
        return _in_french(super().get_help_option(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Draw the help page."""
        _speak_french()
        super().format_help(ctx, formatter)


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = _HELP
    return option


def _speak_french() -> None:
    """Set the titles and marks of help pages: constants of typer, read when a page is drawn."""
    from typer import rich_utils  # noqa: PLC0415 - slow to load, and only a help page is drawn with it

    rich_utils.ARGUMENTS_PANEL_TITLE = "Arguments"
    rich_utils.OPTIONS_PANEL_TITLE = "Options"
    rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
    rich_utils.DEFAULT_STRING = "[par défaut\u00a0: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"
