"""From the bytes of a file to rows of text: CSV, Excel and ICS. What a row means is judged elsewhere."""

from .raekker import LARGEST_FILE, MOST_ROWS, FilError, Raekke
from .tabel import read_rows

__all__ = ["LARGEST_FILE", "MOST_ROWS", "FilError", "Raekke", "read_rows"]
