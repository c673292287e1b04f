"""Runs a command on a terminal of its own and types lines into it.

usage: typed.py LINES COMMAND...

A line is typed when the terminal's echo is off, so that what asks for a
passphrase has begun to ask, and when something was shown since the line before:
what was asked then has been taken, and nothing typed for the next one is thrown
away. A line that is one control character is a key.
A last line "." is left out (a shell cannot pass empty lines at the end).
Prints what the terminal showed, and whether it echoes at the end.
"""
import os
import pty
import select
import sys
import termios
import time


def echoes(fd):
    return bool(termios.tcgetattr(fd)[3] & termios.ECHO)


def main():
    lines = sys.argv[1].split("\n")
    if lines[-1] == ".":
        lines.pop()
    main_end, other_end = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        os.close(main_end)
        os.close(os.open(os.ttyname(other_end), os.O_RDWR))
        for fd in (0, 1, 2):
            os.dup2(other_end, fd)
        os.execv(sys.argv[2], sys.argv[2:])
    status, end, shown = None, time.monotonic() + 60, False
    while status is None and time.monotonic() < end:
        if select.select([main_end], [], [], 0.02)[0]:
            os.write(1, os.read(main_end, 4096))
            shown = True
        elif lines and shown and not echoes(other_end):
            line = lines.pop(0)
            key = len(line) == 1 and line < " "
            os.write(main_end, line.encode() + (b"" if key else b"\n"))
            shown = False
        done, code = os.waitpid(pid, os.WNOHANG)
        status = os.waitstatus_to_exitcode(code) if done else None
    while select.select([main_end], [], [], 0.1)[0]:
        os.write(1, os.read(main_end, 4096))
    print("\necho is", "on" if echoes(other_end) else "off")
    sys.exit(124 if status is None else max(status, 128 if status < 0 else 0))


main()
