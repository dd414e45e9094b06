"""The server as it is shipped, where no database answers."""

import pytest

from tests.servers import Server

pytestmark = pytest.mark.server


def test_while_the_database_is_away_pages_answer_503_and_the_server_lives(tmp_path):
    with Server(tmp_path, f"postgresql://nobody@/nothing?host={tmp_path}") as server:
        assert server.lines == [server.address]
        assert server.get("/healthz").status == 200
        answer = server.get("/", cookie="sessionid=of-somebody-signed-in")
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        assert "Nothing was saved" in answer.text
        assert "Traceback" not in server.errors()
