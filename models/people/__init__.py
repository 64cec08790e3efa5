"""The bureau's people: units, accounts and their roles, and who may do what."""
