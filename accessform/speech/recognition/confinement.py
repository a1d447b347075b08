"""What the process that listens gives up before it reads a sound: network, files to write, programs, other processes.

Runs inside that process alone and imports nothing of accessform. On Linux (x86-64, ARM64) the kernel refuses, native
code included (seccomp); elsewhere Python's own audit hook does, which native code could go around.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Any

KERNEL, INTERPRETER = "kernel", "interpreter"

_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _RETURN = 0x20, 0x15, 0x35, 0x06
_X32 = 0x40000000

_REFUSED = {
    # AUDIT_ARCH, then: socket, connect, sendto, sendmsg, bind, listen, socketpair, io_uring_setup (network);
    # execve, execveat (programs); ptrace, process_vm_readv, process_vm_writev, pidfd_getfd (other processes).
    "x86_64": (0xC000003E, (41, 42, 44, 46, 49, 50, 53, 425, 59, 322, 101, 310, 311, 438)),
    "aarch64": (0xC00000B7, (198, 203, 206, 211, 200, 201, 199, 425, 221, 281, 117, 270, 271, 438)),
}
_NETWORK_EVENTS = frozenset({
    "socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "socket.gethostbyname", "socket.gethostbyaddr", "subprocess.Popen", "os.exec", "os.system", "os.posix_spawn",
})  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(memory: int) -> str:
    """Give up network, writing, programs and more than `memory` bytes; return by whom: KERNEL or INTERPRETER."""
    _limit(memory)
    sys.addaudithook(_refuse)
    return KERNEL if _filter_calls() else INTERPRETER


def _refuse(event: str, details: tuple[Any, ...]) -> None:
    """Raise PermissionError where Python itself would open a connection, a program, or a file to write."""
    if event in _NETWORK_EVENTS:
        raise PermissionError(errno.EACCES, f"{event} is refused here")
    if event == "open" and isinstance(details[2], int) and details[2] & _WRITING and details[0] != os.devnull:
        raise PermissionError(errno.EACCES, "no file is written here")


def _limit(memory: int) -> None:
    """Bound the memory; forbid core dumps and any byte into a file, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, OSError, ValueError):
        return


def _filter_calls() -> bool:
    """Have the kernel refuse the calls of _REFUSED for this process and its threads; False where it cannot."""
    known = _REFUSED.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    filtering = Program(len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(filtering), 0, 0) == 0)


def _program(architecture: int, refused: tuple[int, ...]) -> bytes:
    """Return the filter: any other architecture dies, the refused calls answer EACCES, the others pass."""
    count = len(refused)
    lines = [
        (_LOAD, 0, 0, 4),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_JUMP_GREATER, count + 1, 0, _X32),
        *((_JUMP_EQUAL, count - place, 0, number) for place, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EACCES),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
