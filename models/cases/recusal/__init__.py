"""回避: whoever has an interest in a case, and the unit that it is about, is kept out of it at once, everywhere."""
