"""Runs the emulator in this process; see infra.local.emulator, which starts it."""

import contextlib
import ctypes
import signal
import socketserver

from ministack.app import main

# Without this every invocation of a function waits 40 ms for a delayed acknowledgement.
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

# Ends with whoever started it, however that ended: PR_SET_PDEATHSIG is 1 (Linux only).
with contextlib.suppress(AttributeError):
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)

main()
