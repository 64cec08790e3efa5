"""繁简分流: which cases take the short path, by rules that are data, and what an officer makes of it."""
