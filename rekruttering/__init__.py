"""Wing: applicants, from the advert to the first day. An empty room so far."""
