"""What comes back by mail: recognised, matched with what was sent, decided upon. Pure; a mailbox is an adapter's business."""
