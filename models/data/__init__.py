"""Open data: bulk files kept ready, and the signed tree of commitments to what was published."""
