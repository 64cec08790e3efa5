"""Clocks: the working-day calendar, the rules of law as data, and the deadlines that follow from them."""
