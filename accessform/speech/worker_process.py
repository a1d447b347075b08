"""A program in a process of its own, spoken to by two pipes: started when needed, ended when it misbehaves."""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

INHERITED = ("PATH", "SYSTEMROOT")
"""All that a worker is told of this process's environment."""


class WorkerProcess:
    """One worker at a time. Not safe for threads: whoever owns it holds a lock around each exchange."""

    def __init__(self, program: Path, *, environment: Mapping[str, str] | None = None) -> None:
        self.program = program
        self.environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    @property
    def pid(self) -> int | None:
        """The worker's process id, or None while there is none."""
        return self._process.pid if self._process and self._owner == os.getpid() else None

    def start(self, arguments: Sequence[str]) -> bool:
        """Have a live worker that belongs to this process, and tell whether it is a new one; raises OSError.

        A fork inherits the pipes, not the right to use them.
        """
        if self._process is not None and (self._owner != os.getpid() or self._process.poll() is not None):
            self.kill()
        if self._process is not None:
            return False
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(self.program), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/" if os.name == "posix" else None,
            env=self.environment | {name: os.environ[name] for name in INHERITED if name in os.environ},
            start_new_session=True,
        )
        self._owner = os.getpid()
        return True

    def read(self, count: int, deadline: float) -> bytes:
        """Return `count` bytes; raises TimeoutError at the deadline (monotonic), EOFError where the worker is gone."""
        if self._process is None or self._process.stdout is None:
            raise EOFError("no pipe")
        descriptor, received = self._process.stdout.fileno(), bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while len(received) < count:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                chunk = os.read(descriptor, count - len(received))
                if not chunk:
                    raise EOFError
                received += chunk
        return bytes(received)

    def write(self, data: bytes, deadline: float) -> None:
        """Send `data`; a worker that no longer reads must not hold the caller: raises TimeoutError, BrokenPipeError."""
        if self._process is None or self._process.stdin is None:
            raise EOFError("no pipe")
        descriptor, rest = self._process.stdin.fileno(), memoryview(data)
        os.set_blocking(descriptor, False)
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_WRITE)
            while rest:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError
                rest = rest[os.write(descriptor, rest) :]

    def kill(self) -> None:
        """End the worker; does nothing where there is none. One that belongs to another process is only let go."""
        process, self._process = self._process, None
        if process is None:
            return
        if self._owner == os.getpid():
            process.kill()
            process.wait()
        else:
            process.returncode = 0
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
