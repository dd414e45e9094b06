"""Tell public addresses of the network from those that lead back into the house."""

import ipaddress
import socket
from collections.abc import Callable

Resolve = Callable[[str, int], list[str]]

# What is no place of its own in the world: this machine, networks at home, links, carriers' inner
# networks, documentation, benchmarks, many at once, and what was never given out.
_INSIDE_V4 = [
    ipaddress.IPv4Network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
# Of IPv6 only this much is given out to hosts. NAT64, mapped and translated addresses lie outside.
_WORLD_V6 = ipaddress.IPv6Network("2000::/3")
# Tunnels such as Teredo and 6to4, which carry any IPv4 address inside, and documentation.
_INSIDE_V6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]


def is_in_the_world(address: str) -> bool:
    """Return whether an address as the resolver gives it is a public one, written plainly."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in _INSIDE_V4)
    if found.scope_id or found not in _WORLD_V6:
        return False
    return not any(found in network for network in _INSIDE_V6)


def is_on_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def resolve_host(host: str, port: int) -> list[str]:
    """All addresses of the host, in the order in which they are to be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))
