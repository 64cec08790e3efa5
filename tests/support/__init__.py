"""What tests of several kinds share: a private PostgreSQL, a network that ends at this machine."""
