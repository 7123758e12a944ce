"""Starts and stops the local AWS emulator."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from infra.deployment import project
from infra.deployment.progress import Failure, step

REGION = "us-east-1"
# The emulator takes an access key of twelve digits for the account that calls.
ACCOUNT = "111122223333"
START_SECONDS = 30
STOP_SECONDS = 30


class Emulator:
    """One emulator with its own port and its own state below a directory.

    Stopping it keeps the state: the next one on the same directory finds its data again.
    """

    def __init__(self, directory: Path, port: int, *, enforce_roles: bool = False) -> None:
        self.directory = directory
        self.port = port
        self.enforce_roles = enforce_roles
        self.endpoint = f"http://127.0.0.1:{port}"
        self.log = directory / "emulator.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the emulator and returns when it answers."""
        refuse_taken(self.port)
        scratch = self.directory / "tmp"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        with step("starting the local AWS"), self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [project.VENV_BIN / "python", project.INFRA / "local" / "launcher.py"],
                env=self._own_environment(scratch),
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches only us; we then stop it in good order.
                start_new_session=True,
            )
            try:
                self._await_answer()
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """Stops the emulator, which writes its state, and every function it runs."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Failure(f"the local AWS did not stop within {STOP_SECONDS} s; see {self.log}") from None
        finally:
            # Functions that outlived it; they are in its process group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            shutil.rmtree(self.directory / "tmp", ignore_errors=True)

    def ended(self) -> bool:
        """Whether the emulator ended by itself."""
        return self._process is None or self._process.poll() is not None

    def _own_environment(self, scratch: Path) -> dict[str, str]:
        # Functions inherit this environment: nothing of the caller's may reach them that the
        # template does not give them.
        return {
            **{name: os.environ[name] for name in ("HOME", "LANG", "LC_ALL") if name in os.environ},
            **caller(self.endpoint),
            "PATH": os.defpath,
            "PYTHONUNBUFFERED": "1",
            # Unpacked functions lie here; a directory shared with another emulator is emptied by it.
            "TMPDIR": str(scratch),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_REGION": REGION,
            "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.directory / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.directory / "objects"),
            "LAMBDA_EXECUTOR": "local",
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "AUTH": "true" if self.enforce_roles else "false",
        }

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.ended():
                raise Failure(f"the local AWS ended while starting:\n{self._last_lines()}")
            try:
                with urllib.request.urlopen(f"{self.endpoint}/_ministack/health", timeout=1) as answer:
                    json.load(answer)
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise Failure(f"the local AWS did not answer within {START_SECONDS} s:\n{self._last_lines()}")

    def _last_lines(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def caller(endpoint: str) -> dict[str, str]:
    """The AWS settings of somebody who uses an emulator as the owner of its account."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_EC2_METADATA_DISABLED": "true",
        # The machine's own profiles are for AWS.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def environment(endpoint: str) -> dict[str, str]:
    """This program's environment with an emulator in place of whatever AWS it names."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**own, **caller(endpoint), "PATH": project.tool_path()}


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refuse_taken(port: int) -> None:
    """Says clearly when a port is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failure(
                f"port {port} of 127.0.0.1 cannot be used ({error.strerror.lower()}): another program "
                f"has it, perhaps another `make run`. Choose another one: make run PORT={port + 100}"
            ) from None
