"""公示期: until when a decision is public, who may put that off, and what is done when the term is over."""
