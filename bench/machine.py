"""What the machine can do at best: the numbers every other number here leans on."""

import os
import platform
import re
import socket
import statistics
import threading
import time
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.compute as pc

from bench.job import Bench
from bench.say import step

_BLOCK = b"\x5a" * 8192


def describe(bench: Bench) -> dict[str, str]:
    """Facts about this machine by name, in the order of the page."""
    with step("machine"):
        with psycopg.connect(bench.house.cluster.superuser_url()) as connection:
            version = connection.execute("SHOW server_version").fetchone()
        return {
            "Processor": f"{_processor()}, {os.cpu_count()} cores",
            "Memory": f"{_memory_gigabytes():.0f} GB",
            "System": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
            "PostgreSQL": f"{version[0] if version else '?'}, fsync on",
            "write + fdatasync of 8 kB": f"{synced_writes_per_second(bench.folder):,.0f} per second",
            "memory scan": f"{memory_scan():.1f} GB/s",
            "loopback round trip": f"{loopback_microseconds():.0f} µs",
        }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text() if info.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _memory_gigabytes() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def synced_writes_per_second(folder: Path, seconds: float = 2.0) -> float:
    """Blocks appended and forced to disk one after another: the most commits one client can get."""
    path = folder / "synced"
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        done, began = 0, time.perf_counter()
        while (taken := time.perf_counter() - began) < seconds:
            os.write(descriptor, _BLOCK)
            os.fdatasync(descriptor)
            done += 1
        return done / taken
    finally:
        os.close(descriptor)
        path.unlink()


def memory_scan(megabytes: int = 512) -> float:
    """Gigabytes per second of summing numbers that do not fit in any cache, on one core."""
    numbers = pa.array(range(1000), pa.int64())
    many = pa.concat_arrays([numbers] * (megabytes * 1_000_000 // numbers.nbytes))
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        pc.sum(many)
        taken.append(time.perf_counter() - began)
    return float(many.nbytes) / min(taken) / 1e9


def loopback_microseconds(times: int = 5000) -> float:
    """Median of one byte there and back over TCP on the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_echo, args=[server], daemon=True)
        thread.start()
        with socket.create_connection(server.getsockname()) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            taken = []
            for _ in range(times):
                began = time.perf_counter()
                client.sendall(b"x")
                client.recv(1)
                taken.append(time.perf_counter() - began)
        thread.join()
    return statistics.median(taken) * 1e6


def _echo(server: socket.socket) -> None:
    connection, _address = server.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with connection:
        while received := connection.recv(1):
            connection.sendall(received)
