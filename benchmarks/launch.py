"""Runs a program and says what it took.

A small program itself, because a process's peak memory counts from its parent's at the moment of the fork.

    python -I -S launch.py SECONDS PROGRAM ARGUMENT…      JSON on the last line of stderr
"""

import json
import os
import signal
import sys
import time


def main() -> None:
    limit, command = float(sys.argv[1]), sys.argv[2:]
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.execvp(command[0], command)
    cut = []

    def end(*_: object) -> None:
        cut.append(True)
        os.killpg(pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, limit)
    _, status, usage = os.wait4(pid, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
    took = {
        "wall": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "code": os.waitstatus_to_exitcode(status),
        "cut": bool(cut),
    }
    print("\n" + json.dumps(took), file=sys.stderr)


main()
