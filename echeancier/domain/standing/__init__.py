"""Where a convention stands at an instant: what is known of it, and the few dates on which everything else depends."""
