"""Saved searches by mail: asked for, confirmed, sent, stopped. Who has one, nobody can find out."""
