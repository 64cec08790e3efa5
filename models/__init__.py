"""The domain: tables, rules and verbs. It knows no Flask, no search and no mail."""
