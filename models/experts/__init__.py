"""专家库: who can be asked, that they have nothing to do with the parties, and what they said under their signature."""
