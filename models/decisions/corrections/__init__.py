"""更正: what a published decision says otherwise than before, when it was changed and why, for every reader to see."""
