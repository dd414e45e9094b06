"""Answers of text are compressed as the browser says, those that show a secret are not."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from config.compression import ENCODERS, CompressionMiddleware, preferred, zstd
from tests.factories import make_group, make_invitation, make_user

PAGE = "<p>On lamps and looms, and who wrote of them.</p>" * 100
DECODERS = {"gzip": gzip.decompress, "zstd": zstd.decompress}


def answered(rf, response, accepted="gzip, deflate, br, zstd"):
    request = rf.get("/", headers={"Accept-Encoding": accepted})
    return CompressionMiddleware(lambda request: response)(request)


@pytest.mark.parametrize("encoding", ENCODERS)
def test_each_encoding_is_read_as_what_was_sent(rf, encoding):
    answer = answered(rf, HttpResponse(PAGE), encoding)
    assert answer["Content-Encoding"] == encoding
    assert answer["Vary"] == "Accept-Encoding"
    assert int(answer["Content-Length"]) == len(answer.content) < len(PAGE) / 5
    assert DECODERS[encoding](answer.content).decode() == PAGE


@pytest.mark.parametrize("encoding", ENCODERS)
def test_one_page_has_many_lengths(rf, encoding):
    lengths = {len(answered(rf, HttpResponse(PAGE), encoding).content) for _ in range(200)}
    assert len(lengths) > 50
    assert max(lengths) - min(lengths) < 100


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "gzip"),
        ("GZIP", "gzip"),
        ("zstd;q=0, gzip;q=0.5", "gzip"),
        ("gzip; q=0.000", ""),
        ("br", ""),
        ("identity", ""),
        ("zstdx", ""),
        (",;,=;q", ""),
        ("", ""),
    ],
)
def test_the_browser_says_which(accepted, encoding):
    assert preferred(accepted) == encoding


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(PAGE, content_type="application/zip"),
        HttpResponse(PAGE, content_type="image/png"),
        HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
        StreamingHttpResponse([PAGE]),
        FileResponse(PAGE),
    ],
)
def test_what_would_not_gain_by_it_is_sent_as_it_is(rf, response):
    before = response.get("Content-Encoding")
    answer = answered(rf, response)
    assert answer is response
    assert answer.get("Content-Encoding") == before
    assert not answer.has_header("Vary")


def test_a_browser_that_takes_none_of_them_gets_the_page(rf):
    answer = answered(rf, HttpResponse(PAGE), "identity")
    assert answer.content.decode() == PAGE
    assert answer["Vary"] == "Accept-Encoding"


def test_a_tag_of_the_answer_is_that_of_a_like_one(rf):
    answer = answered(rf, HttpResponse(PAGE, headers={"ETag": '"a"'}))
    assert answer["ETag"] == 'W/"a"'


@pytest.mark.django_db
def test_the_list_comes_compressed(client):
    organizer = make_user()
    group = make_group(organizer)
    client.force_login(organizer)
    page = client.get(group.get_absolute_url(), headers={"Accept-Encoding": "zstd"})
    assert page["Content-Encoding"] == "zstd"
    assert b"</html>" in zstd.decompress(page.content)


@pytest.mark.django_db
def test_a_page_that_shows_a_secret_does_not(client):
    organizer = make_user()
    group = make_group(organizer)
    invitation, _ = make_invitation(group)
    client.force_login(organizer)
    address = reverse("groups:invitation_detail", args=[group.slug, invitation.pk])
    page = client.get(address, headers={"Accept-Encoding": "zstd"})
    assert page.status_code == 200
    assert "Content-Encoding" not in page
    assert "Accept-Encoding" in page["Vary"]


@pytest.mark.django_db
def test_nor_do_those_of_a_second_step(client):
    client.force_login(make_user())
    page = client.get(reverse("mfa_index"), headers={"Accept-Encoding": "zstd"})
    assert page.status_code == 200
    assert "Content-Encoding" not in page
