"""« À faire »: what is asked of us today."""
