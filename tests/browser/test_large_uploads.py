"""A file that is too large is refused in words, not with a broken connection."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.server

FORM = """
const form = document.createElement("form");
form.method = "post";
form.enctype = "multipart/form-data";
form.innerHTML = '<input type="file" name="file"><button>Send</button>';
document.body.append(form);
"""


def test_somebody_who_sends_50_megabytes_reads_that_it_is_too_large(server, page, tmp_path):
    large = tmp_path / "list.md"
    large.write_bytes(b"x" * 50_000_000)
    page.goto(f"{server.address}accounts/login/")
    page.evaluate(FORM)
    page.set_input_files("input[name=file]", large)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="This is too large")).to_be_visible()
