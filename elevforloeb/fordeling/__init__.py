"""Wishes in, the best allocation out, and why. No Django: `solver` solves, `forklaring` and `umulig` explain."""
