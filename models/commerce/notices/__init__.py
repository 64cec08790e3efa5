"""The platform as a party: what its owner was told, what the seller stated, and the fifteen days of 电子商务法 Art 43."""
