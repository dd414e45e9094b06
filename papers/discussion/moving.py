"""The papers to which a thread can be moved, found by words of their titles."""

from groups.models import Group
from papers.models import Paper, Thread

MOST_OFFERED = 20
LONGEST_WORDS = 200  # characters


def papers_to_choose(group: Group, thread: Thread, words: str) -> dict[str, object]:
    """Return the context of the choice: the words, some papers, and whether there are more."""
    words = words.replace("\0", "").strip()[:LONGEST_WORDS]
    papers = Paper.objects.in_group(group).exclude(pk=thread.paper_id or 0)
    for word in words.split():
        papers = papers.filter(title__icontains=word)
    found = list(papers.only("title", "group").order_by("-pk")[: MOST_OFFERED + 1])
    return {
        "words": words,
        "papers": found[:MOST_OFFERED],
        "has_more": len(found) > MOST_OFFERED,
    }
