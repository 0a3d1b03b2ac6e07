"""What people without an account answer, by a link or by mail, and the fact it becomes."""
