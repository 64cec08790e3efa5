"""What follows a closing: the filer rates it, and may dispute it."""
