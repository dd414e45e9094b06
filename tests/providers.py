"""arXiv, Crossref, OpenAlex and PubMed on this machine, who know a few works that never were.

They answer as the providers document it, each below a path of its own, and with a fault where the
test asks for one.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

DOI, ARXIV, PMID, OPENALEX = "10.1000/tides", "2101.00001", "31415926", "W2718281828"
TITLE = "Tidal Memory in Small Networks"
ABSTRACT = "We measure how long a small network remembers the tide."
JSON = "application/json"

CROSSREF_WORK: dict[str, Any] = {
    "DOI": "10.1000/TIDES",
    "type": "journal-article",
    "title": ["Tidal <i>Memory</i> in Small Networks"],
    "author": [
        {"given": "Mira", "family": "Okonkwo"},
        {"given": "J. P.", "family": "van der Berg"},
        {"name": "The Tide Consortium"},
    ],
    "container-title": ["Journal of Imagined Results"],
    "issued": {"date-parts": [[2021, 4, 21]]},
    "volume": "7",
    "issue": "2",
    "page": "101–112",
    "publisher": "Nowhere Press",
    "ISSN": ["1234-567X"],
    "abstract": f"<jats:title>Abstract</jats:title><jats:p>{ABSTRACT}</jats:p>",
}
OPENALEX_WORK: dict[str, Any] = {
    "id": f"https://openalex.org/{OPENALEX}",
    "doi": f"https://doi.org/{DOI}",
    "ids": {"pmid": f"https://pubmed.ncbi.nlm.nih.gov/{PMID}"},
    "title": TITLE,
    "publication_year": 2021,
    "publication_date": "2021-04-21",
    "type": "article",
    "language": "en",
    "authorships": [{"author": {"display_name": "Mira Okonkwo"}}],
    "biblio": {"volume": "7", "issue": "2", "first_page": "101", "last_page": "112"},
    "primary_location": {
        "source": {
            "display_name": "Journal of Imagined Results",
            "type": "journal",
            "host_organization_name": "Nowhere Press",
        }
    },
    "locations": [{"landing_page_url": f"http://arxiv.org/abs/{ARXIV}"}],
    "abstract_inverted_index": {word: [n] for n, word in enumerate(ABSTRACT.split()[:4])},
}
PUBMED_WORK: dict[str, Any] = {
    "uid": PMID,
    "title": f"{TITLE}.",
    "authors": [
        {"name": "Okonkwo MA", "authtype": "Author"},
        {"name": "Tide Consortium", "authtype": "CollectiveName"},
    ],
    "source": "J Imag Res",
    "fulljournalname": "Journal of Imagined Results",
    "pubdate": "2021 Apr 21",
    "volume": "7",
    "issue": "2",
    "pages": "101-12",
    "issn": "1234-567X",
    "lang": ["eng"],
    "pubtype": ["Journal Article"],
    "articleids": [{"idtype": "pubmed", "value": PMID}, {"idtype": "doi", "value": DOI}],
}
ATOM_WORK = f"""<entry>
  <id>http://arxiv.org/abs/{ARXIV}v2</id>
  <title>Tidal Memory\n  in Small Networks</title>
  <published>2021-01-02T10:00:00Z</published>
  <summary> {ABSTRACT} </summary>
  <author><name>Mira Okonkwo</name></author>
  <author><name>Jan van der Berg</name></author>
</entry>"""
ATOM = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


def crossref(path: str, asked: dict[str, str]) -> tuple[int, str, str]:
    if path == "/works":
        known = [CROSSREF_WORK] if _is_asked_for(asked["query.bibliographic"]) else []
        found = {"items": [*known, {"title": ["Something Else Entirely"], "DOI": "10.1000/else"}]}
        return 200, JSON, json.dumps({"status": "ok", "message": found})
    if path == f"/works/{DOI}":
        return 200, JSON, json.dumps({"status": "ok", "message": CROSSREF_WORK})
    return 404, "text/plain", "Resource not found."


def openalex(path: str, asked: dict[str, str]) -> tuple[int, str, str]:
    if path == "/works":
        found = [OPENALEX_WORK] if _is_asked_for(asked["filter"]) else []
        return 200, JSON, json.dumps({"meta": {"count": len(found)}, "results": found})
    names = (f"doi:{DOI}", f"doi:10.48550/arxiv.{ARXIV}", f"pmid:{PMID}", OPENALEX)
    if path in {f"/works/{name}" for name in names}:
        return 200, JSON, json.dumps(OPENALEX_WORK)
    return 404, "text/html", "<!doctype html><title>404 Not Found</title>"


def pubmed(path: str, asked: dict[str, str]) -> tuple[int, str, str]:
    uid = asked["id"]
    known = PUBMED_WORK if uid == PMID else {"uid": uid, "error": "cannot get document summary"}
    return 200, JSON, json.dumps({"result": {"uids": [uid], uid: known}})


def arxiv(path: str, asked: dict[str, str]) -> tuple[int, str, str]:
    is_known = asked.get("id_list") == ARXIV or _is_asked_for(asked.get("search_query", ""))
    return 200, "application/atom+xml; charset=utf-8", ATOM.format(ATOM_WORK if is_known else "")


def _is_asked_for(words: str) -> bool:
    return "tidal memory" in words.lower()


ANSWERS = {"crossref": crossref, "openalex": openalex, "pubmed": pubmed, "arxiv": arxiv}


class Providers:
    """`faults` names what a provider does instead of answering; `asked` is who was asked what."""

    def __init__(self) -> None:
        self.faults: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        providers = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                providers.answer(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def hosts(self) -> dict[str, str]:
        """As the setting LOOKUP_HOSTS names them."""
        return {name: f"{self.address}/{name}" for name in ANSWERS}

    def of(self, name: str) -> list[str]:
        return [what for who, what in self.asked if who == name]

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        name, _, path = parts.path.lstrip("/").partition("/")
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        self.asked.append((name, request.path.removeprefix(f"/{name}")))
        self.headers.append({key.lower(): value for key, value in request.headers.items()})
        status, kind, body = ANSWERS[name](f"/{unquote(path)}", asked)
        fault, _, said = self.faults.get(name, "").partition(" ")
        if fault:
            getattr(self, f"fault_{fault}")(request, said, body)
        else:
            send(request, status, {"Content-Type": kind}, body.encode())

    # What can go wrong

    def fault_busy(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        headers = {"Retry-After": said} if said else {}
        send(request, 429, headers, b"Too many requests")

    def fault_status(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        send(request, int(said), {"Content-Type": JSON}, b"{}")

    def fault_half(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        """It says how long the answer is, and hangs up in the middle."""
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.send_header("Content-Length", str(len(body.encode())))
        request.end_headers()
        request.wfile.write(body.encode()[: len(body) // 2])

    def fault_cut(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        """Whole for HTTP, and half for its reader."""
        send(request, 200, {"Content-Type": JSON}, body.encode()[: len(body) // 2])

    def fault_html(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        page = b"<!doctype html><title>Sign in to this network</title>"
        send(request, 200, {"Content-Type": "text/html; charset=utf-8"}, page)

    def fault_odd(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        send(request, 200, {"Content-Type": JSON}, said.encode())

    def fault_slow(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        """A byte now and then, each in good time."""
        request.send_response(200)
        request.send_header("Content-Type", JSON)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        try:
            for _ in range(1000):
                request.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            return

    def fault_leads(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        send(request, 302, {"Location": said}, b"")

    def fault_long(self, request: BaseHTTPRequestHandler, said: str, body: str) -> None:
        send(request, 200, {"Content-Type": JSON}, b'"' + b"x" * 2 * 1024 * 1024 + b'"')


def send(
    request: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes
) -> None:
    try:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
    except OSError:
        return  # the client has hung up


@contextmanager
def answering() -> Iterator[Providers]:
    providers = Providers()
    thread = threading.Thread(target=providers.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield providers
    finally:
        providers.server.shutdown()
        providers.server.server_close()
        thread.join()
