"""Run a command where there is no network but 127.0.0.1: for `unshare -rn`, whose loopback is down at first (Linux)."""

import fcntl
import os
import socket
import struct
import sys

SET_FLAGS, UP = 0x8914, 0x1
OUTSIDE = ("192.0.2.1", 80)
"""An address that is nobody's (RFC 5737): the kernel must not even find a way to it."""


def main(command: list[str]) -> None:
    """Bring the loopback up, see that nothing else can be reached, and become the command."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP))
        try:
            any_socket.connect(OUTSIDE)
        except OSError:
            os.execvp(command[0], command)
    sys.exit("there is a network here")


if __name__ == "__main__":
    main(sys.argv[1:])
