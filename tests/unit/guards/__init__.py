"""Tests of the source itself: what review would otherwise have to say again and again."""
