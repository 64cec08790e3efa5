"""What every surface of the site stands on: the session, access, errors, headers, limits, languages."""
