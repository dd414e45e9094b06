"""An installation makes its secret key once."""

from concurrent.futures import ProcessPoolExecutor

from config.secret_key import kept_secret_key


def test_the_key_is_long_kept_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / "data" / "secret-key"
    key = kept_secret_key(path)
    assert len(key) >= 64
    assert kept_secret_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_installations_have_different_keys(tmp_path):
    assert kept_secret_key(tmp_path / "one") != kept_secret_key(tmp_path / "two")


def test_those_that_start_together_agree_on_one_key(tmp_path):
    path = tmp_path / "secret-key"
    with ProcessPoolExecutor(4) as pool:
        keys = set(pool.map(kept_secret_key, [path] * 8))
    assert len(keys) == 1
