"""Runs the emulator in this process; see infra.local.emulator, which starts it."""

import contextlib
import ctypes
import signal
import socketserver

from conditions import supply
from ministack.app import main
from ministack.services import lambda_svc

# Without this every invocation of a function waits 40 ms for a delayed acknowledgement.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

# It keeps how far a mapping has read a stream, and forgets the stream: after a restart nothing new
# would be delivered until as much had been written again.
lambda_svc._restore_esm_positions = lambda *_: None

supply()

# Ends with whoever started it, however that ended: PR_SET_PDEATHSIG is 1 (Linux only).
with contextlib.suppress(AttributeError):
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)

main()
