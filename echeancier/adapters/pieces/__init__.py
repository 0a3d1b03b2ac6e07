"""Papers kept with a convention: what may be brought, and where its bytes are."""
