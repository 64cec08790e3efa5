"""Work after commit: a loop that takes it from the outbox, one handler per kind, and a few jobs by the clock."""
