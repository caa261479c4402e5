"""Wing: evaluations of the stays. An empty room so far."""
