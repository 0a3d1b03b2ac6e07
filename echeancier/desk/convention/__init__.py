"""One convention: its page, its terms, its family."""
