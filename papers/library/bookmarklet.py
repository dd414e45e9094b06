"""The bookmarklet: adds the paper on a page to the group's list.

It is an address that is a program, `javascript:…`: the one place where our pages hold such a
thing. On our own pages the policy keeps it from running, as it should; dragged to the bookmarks, it
runs on the pages of others, only when pressed, and all that it does is to open our form in a new
tab, with the address of that page and the number that the page says of itself. The form then shows
it, and nothing is written before someone says so.
"""

import json
from urllib.parse import quote

# What an address may be long, on its way through every browser and server.
LONGEST_TEXT = 3_000

# Publishers say the number of a paper in meta tags of one of these names.
_PROGRAM = """\
(function () {
  function said(name) {
    var tag = document.querySelector('meta[name="' + name + '" i][content]');
    return tag ? tag.content.trim().slice(0, 300) : "";
  }
  var doi = said("citation_doi") || said("prism.doi") || said("bepress_citation_doi");
  if (!doi) {
    var other = said("dc.identifier");
    doi = /^(doi:\\s*|https?:\\/\\/(dx\\.)?doi\\.org\\/)?10\\.\\d{4}/i.test(other) ? other : "";
  }
  var arxiv = said("citation_arxiv_id"), pmid = said("citation_pmid");
  var number = doi ? "doi:" + doi.replace(/^(doi:\\s*|https?:\\/\\/(dx\\.)?doi\\.org\\/)/i, "")
    : arxiv ? "arXiv:" + arxiv : pmid ? "PMID:" + pmid : "";
  var text = location.href.slice(0, LONGEST - 400) + (number ? " " + number : "");
  window.open(FORM + "?text=" + encodeURIComponent(text), "_blank", "noopener");
})()"""


def href(form: str) -> str:
    """Return the address to drag, for the form at this address."""
    program = _PROGRAM.replace("FORM", json.dumps(form)).replace("LONGEST", str(LONGEST_TEXT))
    one_line = " ".join(line.strip() for line in program.splitlines())
    return f"javascript:{quote(one_line, safe='')}"
