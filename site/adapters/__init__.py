"""The outside world: each module fulfils a Protocol of models/ports.py."""
