"""A small clamd that speaks INSTREAM as the real one does, and knows one virus: the harmless EICAR test."""

import socketserver
import struct
import threading
from contextlib import contextmanager

# In two halves, so that no scanner takes this file for one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 1_000_000


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        command = self._until_nul()
        assert command == b"zINSTREAM", command
        data = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
            if len(data) > LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.scanned.append(data)
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")

    def _until_nul(self) -> bytes:
        read = b""
        while (sign := self.rfile.read(1)) not in (b"\0", b""):
            read += sign
        return read


class Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def handle_error(self, request, client_address):
        """A client that hangs up in the middle is part of the test."""


class Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def running(server):
    server.scanned = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def tcp_clamd():
    return running(Tcp(("127.0.0.1", 0), Session))


def unix_clamd(path):
    return running(Unix(str(path), Session))
