"""« Annuaire »: the address book of functions, edited in one place."""
