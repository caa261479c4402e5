"""What the pages about wishes show."""
