"""Search results as people and programs see them, shared by the public pages and the API."""
