"""« D’autres conventions de la même délibération »: several that differ by a party, its contact, an amount, begun together."""
