"""The other side of :mod:`innovsoc_analysis.safe.tools`: bounds itself, leaves the network, becomes the program."""

from __future__ import annotations

import os
import sys

from innovsoc_analysis.safe.confinement import bound_memory

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def _leave_network() -> bool:
    """Go where there is no network, where Linux lets an ordinary user do so; return whether it did."""
    if sys.platform != "linux":
        return False
    import ctypes

    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK):
        return False
    # the same user inside as outside: the files stay ours
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:  # noqa: PTH123 - no file of ours
                stream.write(line)
        except OSError:
            return False
    return True


def main() -> None:
    """Become the program that the arguments name, after the bound on its memory."""
    memory, *command = sys.argv[1:]
    bound_memory(int(memory))
    _leave_network()
    os.environ.pop("PYTHONPATH", None)
    os.execv(command[0], command)  # noqa: S606 - a list, no shell


if __name__ == "__main__":
    main()
