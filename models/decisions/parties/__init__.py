"""Parties that a decision names without a code: a person says which company is meant, or that none is."""
