"""`make figures`: what functions weigh, and what starts, a ledger and the largest documents take.

Times drift on a shared machine, so every function is started in turn with one that does nothing, and
the medians are given as ratios to it. Where valgrind is installed, instructions are counted too: they
repeat to about one per cent.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from infra.deployment import build, project
from infra.deployment.progress import Failure, reported, say

HTTP_FUNCTIONS = ["inquiry", "approval", "account", "supervision", "sandbox"]
EMPTY = "empty"
ROUNDS = 15
# The limit of the zipped size of an HTTP function.
SIZE_LIMIT = 4 * 1024 * 1024
# A function that has not asked for its first event by then does not start.
TIME_LIMIT = 10


def main() -> None:
    """Builds, weighs and starts."""
    binaries = _build()
    with tempfile.TemporaryDirectory() as directory:
        sizes = {name: _packed(binaries / name, Path(directory)) for name in [*HTTP_FUNCTIONS, EMPTY]}
    starts = _starts(binaries)
    empty = statistics.median(starts[EMPTY])
    instructions = {name: _instructions(binaries / name) for name in [EMPTY, *HTTP_FUNCTIONS]}
    print(f"{'function':12}{'binary':>10}{'zipped':>10}{'start':>11}{'ratio':>8}{'instructions':>16}")
    for name in [EMPTY, *HTTP_FUNCTIONS]:
        size = (binaries / name).stat().st_size / 1e6
        median = statistics.median(starts[name])
        print(
            f"{name:12}{size:>7.1f} MB{sizes[name] / 1e6:>7.2f} MB"
            f"{median * 1000:>8.2f} ms{median / empty:>8.2f}{instructions[name]:>16}"
        )
    heavy = [name for name in HTTP_FUNCTIONS if sizes[name] > SIZE_LIMIT]
    if heavy:
        raise Failure(f"more than 4 MiB zipped: {', '.join(heavy)}")
    _measure("the legal clock", "domain", "clock", "a ledger takes longer than it may")
    _measure("the examination", "intake", "examine", "a document takes more than intake has")


def _build() -> Path:
    say("building in release")
    command = ["cargo", "build", "--locked", "--release", "--bins"]
    for name in [*HTTP_FUNCTIONS, EMPTY]:
        command += ["-p", name]
    if subprocess.run(command, cwd=project.ROOT).returncode != 0:
        raise Failure("the functions do not compile; see above")
    return build.target_directory() / "release"


def _measure(what: str, package: str, bench: str, fault: str) -> None:
    say(f"measuring {what}")
    command = ["cargo", "bench", "--locked", "--quiet", "-p", package, "--bench", bench]
    if subprocess.run(command, cwd=project.ROOT).returncode != 0:
        raise Failure(f"{fault}; see above")


def _packed(binary: Path, directory: Path) -> int:
    package = directory / f"{binary.name}.zip"
    build.pack(binary, package, quick=False)
    return package.stat().st_size


def _starts(binaries: Path) -> dict[str, list[float]]:
    names = [EMPTY, *HTTP_FUNCTIONS]
    starts: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(ROUNDS + 1):
        for name in names:
            elapsed = _start([str(binaries / name)])
            if turn > 0:  # the first turn only warms the disk
                starts[name].append(elapsed)
    return starts


def _start(command: list[str]) -> float:
    """Seconds from starting a function to its asking for its first event."""
    with _runtime() as (address, asked):
        begun = time.monotonic()
        process = subprocess.Popen(command, env=_environment(address), stdout=subprocess.DEVNULL)
        try:
            if not asked.wait(TIME_LIMIT):
                raise Failure(f"{command[-1]} does not start")
            return time.monotonic() - begun
        finally:
            process.kill()
            process.wait()


def _instructions(binary: Path) -> str:
    """Instructions until the first event is asked for, as valgrind counts them."""
    if shutil.which("valgrind") is None:
        return "no valgrind"
    with tempfile.TemporaryDirectory() as directory, _runtime() as (address, asked):
        out = Path(directory) / "callgrind"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", str(binary)]
        process = subprocess.Popen(
            command, env=_environment(address), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if not asked.wait(60):
            process.kill()
            raise Failure(f"{binary.name} does not start under valgrind")
        process.terminate()
        process.wait()
        total = re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE)
    return f"{int(total.group(1)) / 1e6:.2f} M" if total else "unknown"


@contextmanager
def _runtime() -> Iterator[tuple[str, threading.Event]]:
    """A runtime API that never has an event, and says when it was first asked for one."""
    asked = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.set()
            ended.wait(TIME_LIMIT)

        def log_message(self, *_: object) -> None:
            pass

    ended = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", asked
    finally:
        ended.set()
        server.shutdown()
        server.server_close()


def _environment(address: str) -> dict[str, str]:
    """What Lambda and the template give a function, with credentials that are none."""
    return {
        "PATH": os.environ["PATH"],
        "AWS_LAMBDA_RUNTIME_API": address,
        "AWS_LAMBDA_FUNCTION_NAME": "figures",
        "AWS_LAMBDA_FUNCTION_VERSION": "1",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
        "STAGE": "local",
        "TABLE": "figures",
        "KEY_ID": "figures",
        "DOCUMENTS_BUCKET": "figures",
        "ENTERPRISE_REGISTER_URL": "http://127.0.0.1",
        "MALWARE_SCANNER_URL": "http://127.0.0.1",
        "SANDBOX_BASE": "http://127.0.0.1",
        "TRUSTED_ISSUERS": "[]",
        "RUST_LOG": "warn",
    }


if __name__ == "__main__":
    sys.exit(reported(main))
