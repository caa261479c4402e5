"""A mail server for tests: on loopback, in a thread, and it can refuse, stall or lose its answers."""

import asyncio
import contextlib
import threading
from collections import Counter
from email import message_from_bytes, policy


class SmtpSink:
    """`answers` maps a command ("RCPT", "DATA", "." for the end of the letter) to the line it is answered with."""

    def __init__(self, *, answers=None, ssl_context=None, delay=0.0):
        self.answers = {"greeting": "220 test", ".": "250 taget imod"} | (answers or {})
        self.ssl_context = ssl_context
        self.delay = delay
        self.received = []
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        server = asyncio.start_server(self._talk, "127.0.0.1", 0, limit=2**20)
        self.server = asyncio.run_coroutine_threadsafe(server, self.loop).result()
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc_info):
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def go_down(self):
        """Talks are cut in the middle, also between a mail and its answer; nobody can call."""
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result()

    def come_up(self):
        server = asyncio.start_server(self._talk, "127.0.0.1", self.port, limit=2**20)
        self.server = asyncio.run_coroutine_threadsafe(server, self.loop).result()

    async def _stop(self):
        self.server.close()
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _talk(self, reader, writer):
        try:
            with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):  # hung up, or cut off by go_down
                await self._say(writer, self.answers["greeting"])
                while line := await reader.readline():
                    word = line.split()[0].decode().upper() if line.split() else ""
                    await self._obey(word, reader, writer)
                    if word == "QUIT":
                        break
        finally:
            writer.close()

    async def _obey(self, word, reader, writer):
        if word in self.answers:
            return await self._say(writer, self.answers[word])
        if word == "STARTTLS":
            await self._say(writer, "220 nu")
            return await writer.start_tls(self.ssl_context)
        if word == "EHLO":
            return await self._say(writer, "250-test\r\n250 STARTTLS" if self.ssl_context else "250 test")
        if word == "DATA":
            await self._say(writer, "354 kom")
            return await self._take(await reader.readuntil(b"\r\n.\r\n"), writer)
        return await self._say(writer, "221 farvel" if word == "QUIT" else "250 ok")

    async def _take(self, raw, writer):
        """Half of the delay before the mail is kept and half before the sender hears of it."""
        await asyncio.sleep(self.delay / 2)
        if self.answers["."].startswith("250"):
            self.received.append(message_from_bytes(raw[:-5], policy=policy.default))
        await asyncio.sleep(self.delay / 2)
        await self._say(writer, self.answers["."])

    async def _say(self, writer, line):
        writer.write(line.encode() + b"\r\n")
        await writer.drain()

    @property
    def ids(self) -> Counter:
        return Counter(message["Message-ID"] for message in list(self.received))
