"""From the bytes of a file to rows of text: CSV, Excel and ICS. What a row means is judged elsewhere."""

from .raekker import MOST_ROWS, FilError, Raekke, period_number
from .tabel import read_rows

__all__ = ["MOST_ROWS", "FilError", "Raekke", "period_number", "read_rows"]
