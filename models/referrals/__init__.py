"""移送: a case that looks like a crime goes to the police, and what the police and the procuratorate do about it."""
