"""Views of the queue that people keep for themselves, or share with their unit."""
