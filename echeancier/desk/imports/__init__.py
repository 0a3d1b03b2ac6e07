"""« Importer »: a sheet of existing conventions."""
