"""Rights-holders: their organisations, who belongs to them, the rights they stored once, the agents who act for them."""
