"""Recognise records whose lines begin with a tag, such as those of RIS and PubMed."""

import re

from papers.formats.core.format import Sample

_TYPE = re.compile(r"\s*TY {0,3}-(?: |$|[A-Z])")
_TAG = re.compile(rf"[A-Z][A-Z0-9]{{1,3}} {{0,2}}-(?: |$)|{_TYPE.pattern}")
_NUMBER = re.compile(r"PMID- +\d")


def has_tagged_records(sample: Sample) -> bool:
    """Return whether its lines are tags with values, as `TY - JOUR`."""
    tags = sample.count(_TAG)
    is_tagged_throughout = tags > 2 and 2 * tags > len(sample.lines)
    has_record = has_ris(sample) or has_pubmed(sample)
    return (has_record or is_tagged_throughout) and tags > sample.markdown


def has_ris(sample: Sample) -> bool:
    return sample.count(_TYPE) > 0


def has_pubmed(sample: Sample) -> bool:
    return sample.count(_NUMBER) > 0
