"""The conventions that one deliberation authorises: seen together, published, transmitted and signed together."""
