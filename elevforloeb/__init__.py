"""The trainee domain (floor 2), with two rooms of its own: core (the cellar) and project (the roof)."""
