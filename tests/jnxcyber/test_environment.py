"""The environment and .env: what is read, and what is refused without telling a secret."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from jnxcyber.environment import Environment, read_environment

VALUE = "geheim"


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """Return a function that reads a file of this content, or bytes, into an environment of its own."""

    def read(content: str | bytes) -> Environment:
        monkeypatch.setattr(Environment, "ENVIRON", {})
        file = tmp_path / ".env"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_environment(file)

    return read


def test_a_byte_order_mark_is_no_part_of_the_first_name(environment):
    assert environment(f"\ufeffSECRET_KEY={VALUE}\n").str("SECRET_KEY") == VALUE


def test_a_file_in_a_different_encoding_is_told(environment):
    with pytest.raises(ImproperlyConfigured, match="is not encoded in UTF-8") as refused:
        environment(f"SECRET_KEY={VALUE}".encode("utf-16"))
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("line", [f"SECRET_KEY=${VALUE}", f"SECRET_KEY='${VALUE}'"])
def test_a_leading_dollar_sign_is_told_without_the_value(environment, line):
    with pytest.raises(ImproperlyConfigured) as refused:
        environment(line).str("SECRET_KEY")
    assert str(refused.value) == "SECRET_KEY begins with $. Choose a value that does not."


@pytest.mark.parametrize("password", ["ge/heim", "ge?heim", "1/2", "a/b@c"])
def test_a_password_that_breaks_the_url_is_told_without_it(environment, password):
    read = environment(f"DATABASE_URL=postgres://jnx:{password}@db.example/jnxcyber")
    with pytest.raises(ImproperlyConfigured, match="write / as %2F") as refused:
        read.database("sqlite://:memory:")
    assert password not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize(
    ("url", "name", "password"),
    [
        ("postgres://jnx:ge%2Fheim@db.example/jnxcyber", "jnxcyber", "ge/heim"),
        ("postgres://jnx:ge#heim@db.example/jnxcyber", "jnxcyber", "ge#heim"),
        ("postgres:///jnxcyber", "jnxcyber", ""),
        ("", ":memory:", ""),
    ],
)
def test_a_database_is_read(environment, url, name, password):
    config = environment(f"DATABASE_URL={url}").database("sqlite://:memory:")
    assert config["NAME"] == name
    assert (config.get("PASSWORD") or "") == password
