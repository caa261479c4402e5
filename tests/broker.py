"""A broker that takes connections and never answers, as behind a firewall that drops what it gets."""

import contextlib
import socket


@contextlib.contextmanager
def black_hole():
    with socket.socket() as hole:
        hole.bind(("127.0.0.1", 0))
        hole.listen(50)
        yield f"redis://127.0.0.1:{hole.getsockname()[1]}/0"
