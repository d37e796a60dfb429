"""The environment is read once, and every problem is told together."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.config import DEFAULT_PORT, Config
from server.errors import ConfigError


def test_an_empty_environment_gives_the_defaults() -> None:
    config = Config.from_environment({})
    assert (config.port, config.client_secret, config.google_url) == (DEFAULT_PORT, None, "")
    assert config.home.is_absolute()


def test_empty_variables_are_as_good_as_unset() -> None:
    names = ("HOME", "PORT", "CLIENT_SECRET", "GOOGLE_URL")
    assert Config.from_environment({f"CLASSACT_{name}": "" for name in names}) == Config.from_environment({})


def test_paths_are_made_absolute_and_know_the_home_folder() -> None:
    config = Config.from_environment({"CLASSACT_HOME": "~/data", "CLASSACT_CLIENT_SECRET": "client.json"})
    assert config.home == Path.home() / "data"
    assert config.client_secret == Path.cwd() / "client.json"


@pytest.mark.parametrize("port", ["0", "1", "8080", "65535", "00080"])
def test_a_port_is_a_number_up_to_65535(port: str) -> None:
    assert Config.from_environment({"CLASSACT_PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "80.0", " 80", "٨٠", "²", "9" * 5000, "0x50", "1_000"])
def test_another_port_is_refused(port: str) -> None:
    with pytest.raises(ConfigError, match="CLASSACT_PORT"):
        Config.from_environment({"CLASSACT_PORT": port})


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("HTTP://127.0.0.2:8080", "http://127.0.0.2:8080"),
        ("http://127.0.0.1:8080#", "http://127.0.0.1:8080"),
    ],
)
def test_a_stand_in_for_google_on_loopback_is_taken(value: str, url: str) -> None:
    assert Config.from_environment({"CLASSACT_GOOGLE_URL": value}).google_url == url


@pytest.mark.parametrize(
    "value",
    [
        "https://127.0.0.1:8080", "http://127.0.0.1", "http://evil.example:80", "http://127.0.0.1.evil.example:80",
        "http://localhost.evil.example:80", "http://127.0.0.1@evil.example:80", "http://kim@127.0.0.1:80",
        "http://127.0.0.1:80/path", "http://127.0.0.1:80?x", "http://127.0.0.1:80#x", "http://127.0.0.1:99999",
        "http://127.0.0.1:port", "http://0.0.0.0:80", "http://192.168.0.1:80", "http://[::]:80", "http://[::1:80",
        "http://:80", "//127.0.0.1:80", "127.0.0.1:80", "file:///etc/passwd", "x", "http://2130706433:80",
        "http://127.1:80", "http://127.0.0.1:80\\@evil.example",
    ],
)  # fmt: skip
def test_any_other_stand_in_is_refused(value: str) -> None:
    with pytest.raises(ConfigError, match="CLASSACT_GOOGLE_URL"):
        Config.from_environment({"CLASSACT_GOOGLE_URL": value})


@pytest.mark.parametrize("name", ["CLASSACT_HOME", "CLASSACT_CLIENT_SECRET"])
def test_a_home_of_somebody_unknown_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_environment({name: "~nobody-of-that-name/data"})


def test_every_problem_is_told_at_once_with_a_hint() -> None:
    with pytest.raises(ConfigError) as caught:
        Config.from_environment({"CLASSACT_PORT": "x", "CLASSACT_GOOGLE_URL": "y", "CLASSACT_HOME": "~nobody-there/z"})
    for name in ("CLASSACT_PORT", "CLASSACT_GOOGLE_URL", "CLASSACT_HOME"):
        assert name in str(caught.value)
    assert caught.value.hint
    assert caught.value.exit_code == 2
