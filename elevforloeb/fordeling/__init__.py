"""Wishes in, the best allocation out, and why. Imports no Django: `solver` solves, `forklaring` and `umulig` explain."""
