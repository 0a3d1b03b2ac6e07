"""Messages put into words and bytes."""
