"""One client's many costly requests do not keep another's waiting."""

import threading

import pytest

from config.fair_share import PERSON, SECONDS_ELSEWHERE, SLOW, SLOW_TO_READ, FairShare


@pytest.fixture
def site():
    """Two threads, and requests that last until the test lets them go."""
    return Site()


class Site:
    def __init__(self):
        self.share = FairShare(2)
        self.done: list[str] = []
        self.began: dict[str, threading.Event] = {}
        self.gates: dict[str, threading.Event] = {}

    def ask(self, name, session="", path="/", method="POST", person=None, elsewhere=0.0):
        self.began[name], self.gates[name] = threading.Event(), threading.Event()
        environ = {
            "HTTP_COOKIE": f"sessionid={session}",
            "PATH_INFO": path,
            "REQUEST_METHOD": method,
            "REMOTE_ADDR": "192.0.2.1",
            "name": name,
            "person": person,
            SECONDS_ELSEWHERE: elsewhere,
        }
        return self.share.submit(self.answer, environ)

    def answer(self, environ):
        name = environ["name"]
        self.began[name].set()
        assert self.gates[name].wait(10)
        if environ["person"]:
            environ[PERSON] = environ["person"]
        self.done.append(name)
        return name

    def let_go(self, *names):
        for name in names:
            assert self.began[name].wait(10)
            self.gates[name].set()

    def let_all_go(self):
        """In whichever order they begin."""
        for gate in self.gates.values():
            gate.set()

    def introduce(self, session, person):
        future = self.ask(f"hello {session}", session, person=person)
        self.let_go(f"hello {session}")
        future.result(10)

    def is_at_work(self, name):
        return self.began[name].wait(0.05)


def test_who_sent_many_is_served_in_turn_with_who_sent_one(site):
    site.introduce("a", 1)
    site.introduce("b", 2)
    site.share.uses["person", 1].note(0.01)
    futures = [site.ask(f"a{n}", "a") for n in range(6)]
    futures.append(site.ask("b0", "b"))
    site.let_go("a0")
    assert site.began["b0"].wait(10)
    assert not site.is_at_work("a2")
    site.let_all_go()
    assert [future.result(10) for future in futures]


def test_what_another_process_computes_counts_as_slow(site):
    site.introduce("a", 1)
    site.introduce("b", 2)
    future = site.ask("a0", "a", method="GET", elsewhere=SLOW_TO_READ)
    site.let_go("a0")
    future.result(10)
    assert site.share.uses[True, ("person", 1)].expected >= SLOW_TO_READ


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("key", [("person", 1), "/export/"], ids=["client", "address"])
def test_what_takes_long_leaves_a_thread_free(site, key, method):
    site.introduce("a", 1)
    site.introduce("b", 2)
    is_reading = method == "GET"
    site.share.uses[is_reading, key].expected = SLOW_TO_READ if is_reading else SLOW
    futures = [site.ask(f"a{n}", "a", "/export/", method) for n in range(3)]
    assert site.began["a0"].wait(10)
    assert not site.is_at_work("a1")
    futures.append(site.ask("b0", "b"))
    assert site.began["b0"].wait(10)
    site.let_all_go()
    assert [future.result(10) for future in futures] == ["a0", "a1", "a2", "b0"]


def test_no_one_has_all_threads(site):
    site.introduce("a", 1)
    site.introduce("b", 2)
    futures = [site.ask(f"a{n}", "a", method="GET") for n in range(2)]
    assert site.began["a0"].wait(10)
    assert not site.is_at_work("a1")
    futures.append(site.ask("b0", "b", method="GET"))
    assert site.began["b0"].wait(10)
    site.let_all_go()
    assert [future.result(10) for future in futures] == ["a0", "a1", "b0"]


def test_somebody_who_reads_goes_before_slow_ones_who_send_however_much_they_have_read(site):
    for session, person in (("a", 1), ("b", 2), ("c", 3)):
        site.introduce(session, person)
    for person in (1, 2):
        site.share.uses[False, ("person", person)].expected = 10 * SLOW
    site.share.uses["person", 3].note(5)
    futures = [site.ask(f"{session}{n}", session) for n in range(2) for session in ("a", "b")]
    futures += [site.ask("c0", "c", method="GET")]
    futures += [site.ask("c1", "c", method="GET")]
    site.let_go("a0", "c0")
    assert site.began["c1"].wait(10)
    assert not site.is_at_work("b0")
    site.let_all_go()
    assert [future.result(10) for future in futures]


def test_a_slow_one_does_not_wait_for_ever(site, monkeypatch):
    for session, person in (("a", 1), ("b", 2)):
        site.introduce(session, person)
    site.share.uses[False, ("person", 1)].expected = SLOW
    futures = [site.ask(f"b{n}", "b", method="GET") for n in range(2)]
    futures += [site.ask("a0", "a"), site.ask("b2", "b", method="GET")]
    monkeypatch.setattr("config.fair_share.LONGEST_AFTER_OTHERS", 0)
    site.let_go("b0")
    assert site.began["a0"].wait(10)
    assert not site.is_at_work("b2")
    site.let_all_go()
    assert [future.result(10) for future in futures]


def test_made_up_cookies_are_one_client(site):
    names = {site.share.who_asks({"HTTP_COOKIE": f"sessionid={n}", "REMOTE_ADDR": "::1"})
             for n in range(5)}  # fmt: skip
    assert names == {("address", "::1")}


def test_a_fault_is_handed_on_and_ends_no_thread(site):
    def fails(environ):
        raise ValueError("odd")

    for _ in range(3):
        with pytest.raises(ValueError, match="odd"):
            site.share.submit(fails, {}).result(10)


def test_who_left_is_not_served(site):
    futures = [site.ask(f"a{n}") for n in range(3)]
    assert futures[2].cancel()
    site.let_go("a0", "a1")
    assert [future.result(10) for future in futures[:2]] == ["a0", "a1"]
    assert not site.is_at_work("a2")
