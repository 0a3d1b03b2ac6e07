"""What the paper says: parties, duties, term, notice, money; and whether it hangs together."""
