"""Wing: school periods, grades, expenses and the fagprøve. An empty room so far."""
