"""« Territoire »: many communes side by side."""
