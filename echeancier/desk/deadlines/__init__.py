"""« Échéances »: ends, posting days and renewals to come."""
