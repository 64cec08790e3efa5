"""Webhooks: a rights-holder's own system is told, signed, that something has happened to one of its filings."""
