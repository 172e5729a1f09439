"""`parley app`: the browser app."""

from __future__ import annotations

import ipaddress
import socket
from typing import Annotated

import typer

from parley import options
from parley.faults import UserFault
from parley.screen import say

HOST, PORT = "127.0.0.1", 8765
Host = Annotated[str, typer.Option("--host", metavar="H", help="Address to listen on.")]
Port = Annotated[int, options.number("--port", "P", help="Port to listen on.")]
AllowNetwork = Annotated[
    bool,
    typer.Option("--allow-network", help="Let other machines open the app, where --host does."),
]


def app(host: Host = HOST, port: Port = PORT, allow_network: AllowNetwork = False) -> None:
    """Open the browser app on this machine."""
    faults = _faults(host, port)
    if not faults and not _only_this_machine(host):
        if allow_network:
            say(_who_can_reach(host, port))
        else:
            faults.append(
                f"--host {host} lets other machines open the app. If that is wanted, say so with"
                " --allow-network."
            )
    if faults:
        raise UserFault(*faults)
    try:
        from web.server import serve
    except ModuleNotFoundError as missing:
        raise UserFault(
            f"The browser app is not installed here ({missing.name} is missing). Install parley"
            " with its app part: parley[app]."
        ) from missing
    serve(host, port)


def _faults(host: str, port: int) -> list[str]:
    faults = [] if 1 <= port <= 65535 else [f"--port {port} is outside 1 to 65535."]
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port % 65536, type=socket.SOCK_STREAM
        )[0]
    except (OSError, UnicodeError):
        return [*faults, f"--host {host} is no address of this machine."]
    if faults:
        return faults
    with socket.socket(family, kind, protocol) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as fault:
            return [_why_not(host, port, fault)]
    return []


def _why_not(host: str, port: int, fault: OSError) -> str:
    import errno

    if fault.errno == errno.EADDRINUSE:
        return f"Port {port} is in use already. Choose another with --port."
    if fault.errno == errno.EACCES:
        return f"Port {port} is kept for the system. Choose one from 1024 with --port."
    return f"--host {host} is no address of this machine."


def _only_this_machine(host: str) -> bool:
    """Whether every address that the name stands for is a loopback address."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(str(address).split("%")[0]).is_loopback for address in found)


def _who_can_reach(host: str, port: int) -> str:
    everywhere = ipaddress.ip_address(socket.getaddrinfo(host, None)[0][4][0]).is_unspecified
    where = f"any address of this machine ({socket.gethostname()})" if everywhere else host
    own = _own_addresses(host) if everywhere else [host]
    listed = "".join(f"\n  {_as_link(address, port)}" for address in own)
    return (
        f"Anyone whose machine can reach {where} on port {port} can open the app: there are no"
        f" accounts, and nothing is encrypted on the way. Use it on networks you trust.{listed}"
    )


def _own_addresses(everywhere: str) -> list[str]:
    """Addresses of this machine that other machines may reach, version 4 first."""
    import psutil

    families = (socket.AF_INET, *((socket.AF_INET6,) if ":" in everywhere else ()))
    found = [
        entry.address.split("%")[0]
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family in families
    ]
    reached = [
        address
        for address in dict.fromkeys(found)
        if not (
            ipaddress.ip_address(address).is_loopback or ipaddress.ip_address(address).is_link_local
        )
    ]
    return sorted(reached, key=lambda address: ":" in address)


def _as_link(address: str, port: int) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}"
