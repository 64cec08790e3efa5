"""公文: the papers of a case, from the draft to the proof that somebody received them."""
