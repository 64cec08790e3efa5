"""复议、诉讼: what became of a decision where it was challenged, and from when on it is final."""
