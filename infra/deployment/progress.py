"""What a person sees while waiting: each step by name, with the seconds it takes."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn


class Failure(Exception):
    """Something a person can put right; shown as it is, without a stack trace."""


def say(text: str) -> None:
    """Prints one line of progress."""
    print(f"· {text}", file=sys.stderr, flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Shows a step that says nothing itself, counting its seconds on a terminal."""
    begun = time.monotonic()
    ended = threading.Event()
    live = sys.stderr.isatty()

    def count() -> None:
        while not ended.wait(1):
            print(f"\r· {name} … {time.monotonic() - begun:.0f} s", end="", file=sys.stderr, flush=True)

    if live:
        threading.Thread(target=count, daemon=True).start()
    else:
        say(f"{name} …")
    try:
        yield
    except BaseException:
        ended.set()
        print(f"\r· {name}: failed", file=sys.stderr, flush=True)
        raise
    ended.set()
    print(
        f"\r\033[K· {name}: {time.monotonic() - begun:.1f} s"
        if live
        else f"· {name}: {time.monotonic() - begun:.1f} s",
        file=sys.stderr,
        flush=True,
    )


def reported(program: Callable[[], None]) -> NoReturn:
    """Runs a program and ends: failures are told in words, Ctrl-C and a stop signal in good order."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    # A shell that starts it in the background has it ignore this one.
    signal.signal(signal.SIGINT, stop)
    try:
        program()
    except Failure as failure:
        print(f"✗ {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\r· stopped", file=sys.stderr)
        sys.exit(130)
    sys.exit(0)
