"""From a round of wishes to the solver and back to pages."""
