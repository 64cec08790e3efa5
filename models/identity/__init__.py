"""Who may open the envelope with a filer's identity: one person with a reason, or two where the bureau says so."""
