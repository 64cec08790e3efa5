"""脱敏: what may not be public is found in the served text, and a person decides each find."""
