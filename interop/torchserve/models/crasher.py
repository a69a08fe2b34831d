"""Ends its own worker when it is told to.

The request's body is the command: `exit` ends the process with code 3, `raise` raises, anything else is answered with the
worker's process id.
"""

import os


class Crasher:
    def initialize(self, context):
        pass

    def handle(self, data, context):
        return [obey(row) for row in data]


def obey(row):
    command = row.get("body") or row.get("data") or ""
    if isinstance(command, (bytes, bytearray)):
        command = bytes(command).decode("utf-8", "replace")
    command = str(command).strip()
    if command == "exit":
        os._exit(3)
    if command == "raise":
        raise ValueError("raised on demand")
    return str(os.getpid())
