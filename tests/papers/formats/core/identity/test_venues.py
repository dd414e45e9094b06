"""Whether two names can be those of one journal, book or meeting."""

import pytest

from papers.formats.core.identity import venues

ONE = [
    ("NIPS", "NeurIPS"),
    ("NeurIPS", "Advances in Neural Information Processing Systems 30"),
    ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
    ("JMLR", "Journal of Machine Learning Research"),
    ("TPAMI", "IEEE Transactions on Pattern Analysis and Machine Intelligence"),
    ("IEEE Trans. Pattern Anal. Mach. Intell.", "IEEE TPAMI"),
    ("Proceedings of the National Academy of Sciences", "Proc. Natl. Acad. Sci. U.S.A."),
    ("PNAS", "Proc. Natl. Acad. Sci. USA"),
    ("CVPR", "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"),
    ("CVPR", "CVPR Workshops"),
    ("Nature", "arXiv preprint arXiv:1706.03762"),
    ("bioRxiv", "Cell"),
    ("Cell", "submitted"),
    ("The Bee Book", "Bee Book, 2nd ed."),
    ("Physical Review A", "Phys. Rev. A"),
    ("ECCV", "Lecture Notes in Computer Science"),
    ("Interspeech 2018", "Proc. Interspeech"),
    ("Bioinformatics", "Bioinformatcs"),
    ("ICLR", "International Conference on Learning Representations"),
    ("ACM Computing Surveys", "ACM Comput. Surv."),
    ("Journal of Bee Diseases, Part B", "JOURNAL OF BEE DISEASES-PART B-CRITICAL REVIEWS"),
    ("", "Nature"),
    ("IEEE", "Nature"),
]
OTHERS = [
    ("The Bee Book", "The Wasp Book"),
    ("Nature", "Nature Methods"),
    ("Nature", "Science"),
    ("Apis Letters", "Wasp Letters"),
    ("Physical Review A", "Physical Review B"),
    ("ICML", "ICLR"),
    ("JMLR", "Nature Machine Intelligence"),
    ("Bee World", "Bee Research"),
    ("Journal of Bees", "Journal of Wasps"),
    ("Handbook of Bees", "Handbook of Bee Diseases"),
    ("计算机学报", "软件学报"),
    ("Пчеловодство", "Природа"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_a_name_and_its_abbreviation_are_of_one_place(one, other):
    assert not venues.are_others(one, other)
    assert not venues.are_others(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_names_are_of_two_places(one, other):
    assert venues.are_others(one, other)
    assert venues.are_others(other, one)


@pytest.mark.parametrize(
    "name", ["The Bee Book", "Nature", "Apis Letters", "软件学报", "JMLR", "IEEE TPAMI"]
)
def test_books_and_journals_are_told_from_meetings(name):
    assert venues.is_book_or_journal(name)


@pytest.mark.parametrize("name", ["", "ICML 2019", "Proc. of Bees", "arXiv", "in press", "IEEE"])
def test_what_may_appear_again_is_no_journal(name):
    assert not venues.is_book_or_journal(name)
