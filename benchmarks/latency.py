"""A proxy on loopback that holds everything back for half a round trip in each direction, without slowing its flow.

    python -m benchmarks.latency SOCKET MILLISECONDS

Prints its port, then, when its input ends, how many bytes clients received and sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 1 << 16


@dataclass
class Counted:
    """Bytes that clients received and sent."""

    received: int = 0
    sent: int = 0


@contextlib.contextmanager
def proxy(server_socket: Path, milliseconds: float) -> Iterator[tuple[int, Counted]]:
    """The port of a proxy in a process of its own; the counts are there when the block has ended."""
    command = [sys.executable, "-m", "benchmarks.latency", str(server_socket), str(milliseconds)]
    counted = Counted()
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        if process.stdout is None or process.stdin is None:
            raise SystemExit("the proxy has no pipes")
        try:
            yield int(process.stdout.readline()), counted
        finally:
            process.stdin.close()
            counted.received, counted.sent = (int(word) for word in process.stdout.readline().split())


async def _serve(server_socket: str, delay: float) -> None:
    counted = Counted()
    tasks: set[asyncio.Task[None]] = set()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_unix_connection(server_socket, limit=_CHUNK * 4)
        await asyncio.gather(
            _carry(reader, to_server, delay, lambda size: _add(counted, "sent", size)),
            _carry(from_server, writer, delay, lambda size: _add(counted, "received", size)),
            return_exceptions=True,
        )

    async def tracked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(meet(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(tracked, "127.0.0.1", 0, limit=_CHUNK * 4)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    if tasks:
        await asyncio.wait(tasks, timeout=1)
    print(counted.received, counted.sent, flush=True)


def _add(counted: Counted, name: str, size: int) -> None:
    setattr(counted, name, getattr(counted, name) + size)


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float, count: Callable[[int], None]
) -> None:
    """Each piece leaves `delay` seconds after it came: later ones wait beside it, not behind it."""
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=4096)
    clock = asyncio.get_running_loop().time

    async def let_out() -> None:
        while True:
            due, piece = await waiting.get()
            if due > clock():
                await asyncio.sleep(due - clock())
            if not piece:
                return
            writer.write(piece)
            await writer.drain()

    out = asyncio.ensure_future(let_out())
    try:
        while True:
            piece = await reader.read(_CHUNK)
            count(len(piece))
            await waiting.put((clock() + delay, piece))
            if not piece:
                break
        await out
    finally:
        out.cancel()
        writer.close()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], float(sys.argv[2]) / 2000))
