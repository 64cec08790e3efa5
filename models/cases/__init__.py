"""Cases 办件: what a filing becomes once it is registered; its states, its transfers, and what was said."""
