"""Routing: which unit or authority is competent for a matter, as data, and what an officer made of the proposal."""
