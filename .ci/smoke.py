"""Starts the demo twice as a person would, looks at it from outside, stops it, and looks for what it left running."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
FIRST_START = 90  # seconds, with packages installed already
SECOND_START = 8


def main():
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with running(port, FIRST_START):
        check_pages(address)
    with running(port, SECOND_START):
        check_second_is_refused(port, address)


@contextmanager
def running(port, limit):
    begun = time.monotonic()
    demo = subprocess.Popen(make_demo(port), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        wait_for_address(demo)
        seconds = time.monotonic() - begun
        print(f"up in {seconds:.1f} s (at most {limit})")
        check(seconds <= limit, "that is too slow")
        yield
    finally:
        stop(demo)
    left = [process.info["cmdline"] for process in psutil.process_iter(["pid", "cmdline"]) if is_ours(process)]
    check(not left, f"left running: {left}")


def make_demo(port):
    return ["make", "--silent", "demo", f"PORT={port}"]


def wait_for_address(demo):
    for line in demo.stdout:
        print("  |", line.rstrip())
        if "Elevforløb kører på" in line:
            return
    check(False, "make demo ended before the system was up")


def check_pages(address):
    for page in ("/sundhed/", "/"):
        with urllib.request.urlopen(address + page, timeout=20) as answer:
            body = answer.read().decode()
            print(f"GET {page}: {answer.status} {answer.url}, {len(body)} characters")
            check(answer.status == 200, f"{page} answers {answer.status}")
    check('type="password"' in body, "the front page does not lead a stranger to the log-in page")
    for sheet in re.findall(r'href="([^"]+\.css)"', body):
        urllib.request.urlopen(address + sheet, timeout=20).close()


def check_second_is_refused(port, address):
    second = subprocess.run(make_demo(port + 1), cwd=ROOT, capture_output=True, text=True, timeout=60)
    print("  |", "  | ".join(second.stdout.splitlines(keepends=True)), end="")
    check(second.returncode != 0 and address in second.stdout, "a second make demo was not refused with the address")


def stop(demo):
    begun = time.monotonic()
    demo.send_signal(signal.SIGTERM)
    for line in demo.stdout:
        print("  |", line.rstrip())
    demo.wait(timeout=30)
    print(f"stopped in {time.monotonic() - begun:.1f} s")


def is_ours(process):
    try:
        return process.pid != os.getpid() and str(ROOT / ".data") in " ".join([process.cwd(), *process.cmdline()])
    except psutil.Error:
        return False


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check(ok, problem):
    if not ok:
        sys.exit(f"FAILED: {problem}")


if __name__ == "__main__":
    main()
