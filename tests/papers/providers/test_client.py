"""The one way out leads to the providers alone, whatever an address is spelt like."""

import socket
from typing import Any

import httpcore2
import pytest

from papers.providers import client as client_module
from papers.providers.addresses import is_in_the_world
from papers.providers.asking import PROVIDERS
from papers.providers.client import Client, RequestRefused, Unreachable
from papers.providers.crossref import CROSSREF
from papers.providers.provider import ProviderRequest

WORK = ProviderRequest("/works/10.1000%2Ftides")
PUBLIC = ["93.184.216.34", "2606:2800:220:1::1946"]

# This machine, networks inside, and what else is no place in the world, as a resolver may say it.
SPELT = """
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.254
127.0.0.1 127.0.0.2 127.1.1.1 127.255.255.254 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1
172.20.10.1 172.31.255.254 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.254
198.18.0.1 198.19.255.254 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1
::ffff:169.254.169.254 ::ffff:93.184.216.34 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:a9fe:a9fe:: 2002:c0a8:1:: 3fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1
fe80::1%lo fec0::1 ff02::1 ff05::2 ff0e::1 2606:2800:220:1::1946%lo 127.1 127.0.1 2130706433
0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.1. 1.2.3 256.1.1.1 localhost nonsense
"""
INSIDE = SPELT.split()

# Where a redirect may try to lead: hosts of others, and tricks around the provider's own.
ELSEWHERE = [
    *(f"https://{host}/x" for host in INSIDE if ":" not in host and "%" not in host),
    *(f"https://[{host.partition('%')[0]}]/x" for host in INSIDE if ":" in host),
    "http://api.crossref.org/works/x",
    "http://api.crossref.org:443/works/x",
    "https://api.crossref.org:444/works/x",
    "https://api.crossref.org:8443/works/x",
    "https://api.crossref.org./works/x",
    "https://api.crossref.org.evil.example/works/x",
    "https://evil.example/api.crossref.org",
    "https://evilapi.crossref.org/works/x",
    "https://www.crossref.org/works/x",
    "https://crossref.org/works/x",
    "https://api.openalex.org/works/x",
    "https://api.crossref.org@evil.example/works/x",
    "https://evil.example@api.crossref.org/works/x",
    "https://user:secret@api.crossref.org/works/x",
    "https://evil.example#@api.crossref.org/",
    "https://evil.example?@api.crossref.org/",
    "https://evil.example/@api.crossref.org/",
    "https://evil.example\\@api.crossref.org/",
    "https://api.crossref.org%2eevil.example/",
    "https://api.crossref.org%00.evil.example/",
    "https://api.crossref.org%0a.evil.example/",
    "https://аpi.crossref.org/works/x",
    "https://①②⑦.⓪.⓪.①/x",
    "https://127。0。0。1/x",
    "https://１２７.0.0.1/x",
    "https://localhost.localdomain/x",
    "https://ip6-localhost/x",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://instance-data/latest/meta-data/",
    "https://127.0.0.1.nip.io/x",
    "https://0/x",
    "https://0x7f.1/x",
    "https://[::]:443/x",
    "https://[::1%25lo]/x",
    "//127.0.0.1/x",
    "//evil.example/works",
    "ftp://api.crossref.org/x",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "dict://127.0.0.1:11211/stats",
    "data:application/json,{}",
    "javascript:alert(1)",
    "ldap://127.0.0.1/",
    "http:",
    "https://[",
    "https://[::1",
    "https://api.crossref.org:99999/",
    "https://api.crossref.org:port/",
]


class FakeBackend(httpcore2.NetworkBackend):
    """Notes which addresses would be connected to, and says what it was given to say."""

    def __init__(self, *answers: bytes) -> None:
        self.connected: list[tuple[str, int]] = []
        self.answers = list(answers)

    def connect_tcp(self, host: str, port: int, *args: Any, **more: Any) -> Any:
        self.connected.append((host, port))
        if not self.answers:
            raise httpcore2.ConnectError("Connection refused.")
        return Line([self.answers.pop(0)])


class Line(httpcore2.MockStream):
    """A connection that takes a certificate for granted."""

    def start_tls(self, *args: Any, **more: Any) -> httpcore2.NetworkStream:
        return self


def leading_to(address: str) -> bytes:
    location = b"Location: " + address.encode() + b"\r\n"
    return b"HTTP/1.1 302 Found\r\n" + location + b"Content-Length: 0\r\n\r\n"


def saying(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


def public(host: str, port: int) -> list[str]:
    return PUBLIC


# Addresses


def test_enough_spellings_are_tried():
    assert len(set(INSIDE)) >= 75
    assert len(set(ELSEWHERE)) >= 120


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_none_in_the_world(address):
    assert not is_in_the_world(address)


@pytest.mark.parametrize("address", [*PUBLIC, "8.8.8.8", "2a00:1450:4001::1", "100.128.0.1"])
def test_an_address_out_there_is_one_in_the_world(address):
    assert is_in_the_world(address)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_not_connected_to(address):
    """Nor where it leads out as well."""
    for found in ([address], [*PUBLIC, address], [address, *PUBLIC]):
        backend = FakeBackend()
        with pytest.raises(RequestRefused):
            Client(backend=backend, resolve=lambda *_, found=found: found).get(CROSSREF, WORK)
        assert backend.connected == []


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_redirect_leads_elsewhere(address):
    backend = FakeBackend(leading_to(address), saying(b'"got in"'))
    with pytest.raises((RequestRefused, Unreachable)):
        Client(backend=backend, resolve=public).get(CROSSREF, WORK)
    assert backend.connected == [(PUBLIC[0], 443)]


@pytest.mark.parametrize("said", ["///127.0.0.1/x", "https:///works/x", "\\\\127.0.0.1\\x"])
def test_what_names_no_other_host_stays_with_the_provider(said):
    backend = FakeBackend(leading_to(said), saying(b'"there"'))
    Client(backend=backend, resolve=public).get(CROSSREF, WORK)
    assert backend.connected == [(PUBLIC[0], 443)] * 2


def test_a_redirect_within_the_provider_is_followed_twice_and_no_further():
    here = "https://api.crossref.org/works/elsewhere"
    backend = FakeBackend(leading_to(here), leading_to("/works/once-more"), saying(b'"there"'))
    assert Client(backend=backend, resolve=public).get(CROSSREF, WORK) == b'"there"'
    backend = FakeBackend(leading_to(here), leading_to(here), leading_to(here), saying(b'"there"'))
    with pytest.raises(RequestRefused):
        Client(backend=backend, resolve=public).get(CROSSREF, WORK)


def test_the_address_that_was_looked_at_is_connected_to():
    """A name that leads inside the second time: it is asked once, and its answer is used."""
    flips = iter([PUBLIC, ["127.0.0.1"]])
    backend = FakeBackend(saying(b'"there"'))
    client = Client(backend=backend, resolve=lambda *_: next(flips))
    assert client.get(CROSSREF, WORK) == b'"there"'
    assert backend.connected == [(PUBLIC[0], 443)]
    backend.answers.append(saying(b'"there"'))
    with pytest.raises(RequestRefused):
        client.get(CROSSREF, WORK)
    assert len(backend.connected) == 1


def test_a_redirect_is_resolved_and_looked_at_anew():
    flips = iter([PUBLIC, ["169.254.169.254"]])
    backend = FakeBackend(leading_to("/works/b"), saying(b'"got in"'))
    with pytest.raises(RequestRefused):
        Client(backend=backend, resolve=lambda *_: next(flips)).get(CROSSREF, WORK)
    assert len(backend.connected) == 1


def test_the_next_address_is_tried_where_the_first_does_not_answer():
    backend = FakeBackend()
    with pytest.raises(Unreachable):
        Client(backend=backend, resolve=public).get(CROSSREF, WORK)
    assert [host for host, _ in backend.connected] == PUBLIC


@pytest.mark.parametrize("path", ["/works/../../admin", "/../x", "/works/a/../b"])
def test_a_path_does_not_climb(path):
    backend = FakeBackend(saying(b"{}"))
    try:
        Client(backend=backend, resolve=public).get(CROSSREF, ProviderRequest(path))
    except RequestRefused:
        assert backend.connected == []
    else:
        assert backend.connected == [(PUBLIC[0], 443)]


def test_only_loopback_is_in_for_a_provider():
    """Even a setting for tests opens no way into the network."""
    backend = FakeBackend(saying(b"{}"))
    instead = {"crossref": "http://192.168.0.1"}
    with pytest.raises(RequestRefused):
        Client(instead=instead, backend=backend, resolve=lambda host, _: [host]).get(CROSSREF, WORK)
    assert backend.connected == []


def test_providers_are_at_hosts_of_their_own_over_tls():
    for provider in PROVIDERS.values():
        assert provider.address.startswith("https://")
        assert provider.address.split("/")[2] in provider.hosts
    assert PROVIDERS["arxiv"].seconds_between >= 3


# Answers


def test_an_answer_is_what_was_said(providers):
    body = Client("us@example.org", providers.hosts).get(CROSSREF, WORK)
    assert body
    assert b"Okonkwo" in body
    [headers] = providers.headers
    assert headers["user-agent"] == "Seminar (mailto:us@example.org)"
    assert headers["accept-encoding"] == "identity"
    assert "cookie" not in headers


def test_what_is_not_known_is_none(providers):
    assert (
        Client(instead=providers.hosts).get(CROSSREF, ProviderRequest("/works/10.1000%2Fnone"))
        is None
    )


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ("busy", Unreachable),
        ("status 500", Unreachable),
        ("status 503", Unreachable),
        ("half", Unreachable),
        ("status 400", RequestRefused),
        ("html", RequestRefused),
        ("long", RequestRefused),
        ("leads http://localhost/works", RequestRefused),
        ("leads http://127.0.0.1/works", RequestRefused),
        ("leads https://api.crossref.org/works", RequestRefused),
        ("leads http://[::1]/works", RequestRefused),
    ],
)
def test_a_fault_is_told_for_what_it_is(providers, fault, raised):
    providers.faults["crossref"] = fault
    with pytest.raises(raised):
        Client(instead=providers.hosts).get(CROSSREF, WORK)
    assert len(providers.asked) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("", None),
        ("7", 7),
        ("9" * 40, 86_400),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("Wed, 21 Oct 2065 07:28:00 GMT", 86_400),
        ("soon", None),
        ("-3", None),
    ],
)
def test_how_long_to_wait_is_as_the_provider_says(providers, said, seconds):
    providers.faults["crossref"] = f"busy {said}"
    with pytest.raises(Unreachable) as raised:
        Client(instead=providers.hosts).get(CROSSREF, WORK)
    assert (raised.value.reason, raised.value.seconds) == ("busy", seconds)


def test_anyone_who_talks_slowly_is_hung_up_on(providers, monkeypatch):
    monkeypatch.setattr(client_module, "SECONDS_IN_ALL", 0.4)
    providers.faults["crossref"] = "slow"
    with pytest.raises(Unreachable):
        Client(instead=providers.hosts).get(CROSSREF, WORK)


def test_without_a_network_it_says_so(monkeypatch):
    def away(*_: Any) -> list[str]:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    with pytest.raises(Unreachable) as raised:
        Client(resolve=away).get(CROSSREF, WORK)
    assert raised.value.reason == "network"
