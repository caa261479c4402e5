"""What the pages about evaluations show, and the texts that are signed."""
