"""Every refusal of a setting is a sentence that names it; keys are made once and for the owner's eyes only."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from config import KEY_NAMES, RATE_POLICIES, ROOT, Config, ConfigError

KEYS = {f"HUHANG_{name}": f"{number:064x}" for number, name in enumerate(KEY_NAMES, 1)}


@pytest.fixture
def folder(tmp_path: Path) -> dict[str, str]:
    """The one setting that all tests give: where data lie."""
    return {"HUHANG_DATA": str(tmp_path / "data")}


def _production(folder: Mapping[str, str], **others: str) -> Config:
    return Config.from_env({**folder, **KEYS, "HUHANG_ENV": "production", **others})


class TestRefusals:
    """What cannot be meant is refused at the start, in a sentence that names the setting."""

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("ENV", "prod"),
            ("PORT", "http"),
            ("PORT", "0"),
            ("PORT", "70000"),
            ("PORT", "-1"),
            ("PORT", "８０００"),
            ("WEB_WORKERS", "0"),
            ("WEB_THREADS", "0"),
            ("TRUSTED_PROXIES", "one"),
            ("UPLOAD_FILE_MB", "0"),
            ("UPLOAD_FILING_MB", "0"),
            ("UPLOAD_FILES", "0"),
            ("SEARCH_MEMORY_MB", "0"),
            ("SMTP_PORT", "0"),
            ("SMTP_TLS", "yes"),
            ("MAIL", "sendmail"),
            ("LOG_LEVEL", "verbose"),
            ("RATE_LIMITS", "no"),
            ("RATE_LIMIT_STORAGE", "file:///tmp/counts"),
            ("DATABASE_URL", "mysql://localhost/huhang"),
            ("DATABASE_URL", "huhang.db"),
            ("PUBLIC_URL", "www.example.org"),
            ("PUBLIC_URL", "ftp://www.example.org"),
            ("PUBLIC_URL", "https://www.example.org/?q=1"),
            ("SECRET_KEY", "short"),
            ("VAULT_KEY", "g" * 64),
        ],
    )
    def test_a_wrong_value_is_refused_by_name(self, folder: dict[str, str], name: str, value: str) -> None:
        with pytest.raises(ConfigError, match=f"HUHANG_{name}.*。"):
            Config.from_env({**folder, f"HUHANG_{name}": value})

    @pytest.mark.parametrize("policy", RATE_POLICIES)
    def test_a_rate_that_cannot_be_read_is_no_open_door(self, folder: dict[str, str], policy: str) -> None:
        with pytest.raises(ConfigError, match=f"HUHANG_RATE_{policy.upper()} "):
            Config.from_env({**folder, f"HUHANG_RATE_{policy.upper()}": "ten a minute"})

    def test_a_port_without_prefix_is_refused_by_the_name_it_came_under(self, folder: dict[str, str]) -> None:
        with pytest.raises(ConfigError, match=r"^PORT "):
            Config.from_env({**folder, "PORT": "http"})

    def test_a_refusal_does_not_repeat_a_password(self, folder: dict[str, str]) -> None:
        with pytest.raises(ConfigError) as refusal:
            Config.from_env({**folder, "HUHANG_DATABASE_URL": "mysql://huhang:hidden@localhost/huhang"})
        assert "hidden" not in str(refusal.value)

    def test_a_data_folder_that_cannot_be_written_is_refused_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        with pytest.raises(ConfigError, match="HUHANG_DATA"):
            Config.from_env({"HUHANG_DATA": str(tmp_path / "file" / "data")})


class TestProduction:
    """Safe when unset: it does not start without what only the bureau can give."""

    def test_it_starts_with_its_keys_and_nothing_else(self, folder: dict[str, str]) -> None:
        config = _production(folder)
        assert config.is_production
        assert config.rate_limits
        assert not (Path(folder["HUHANG_DATA"]) / "keys").exists()

    @pytest.mark.parametrize("name", KEY_NAMES)
    def test_each_key_is_asked_for_by_name(self, folder: dict[str, str], name: str) -> None:
        with pytest.raises(ConfigError, match=f"缺少 HUHANG_{name}"):
            _production(folder, **{f"HUHANG_{name}": " "})

    def test_limits_cannot_be_switched_off(self, folder: dict[str, str]) -> None:
        with pytest.raises(ConfigError, match="HUHANG_RATE_LIMITS"):
            _production(folder, HUHANG_RATE_LIMITS="off")

    def test_it_may_listen_to_the_world(self, folder: dict[str, str]) -> None:
        assert _production(folder, HUHANG_HOST="192.0.2.1").host == "192.0.2.1"


class TestDevelopment:
    """Convenient when unset, and reachable from this machine only."""

    @pytest.mark.parametrize("environment", ["", "development", "testing"])
    @pytest.mark.parametrize("host", ["192.0.2.1", "::", "bureau.example.org", "0.0.0.0"])  # noqa: S104 refused
    def test_it_listens_to_this_machine_only(
        self, folder: dict[str, str], environment: str, host: str
    ) -> None:
        with pytest.raises(ConfigError, match="HUHANG_HOST"):
            Config.from_env({**folder, "HUHANG_ENV": environment, "HUHANG_HOST": host})

    @pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
    def test_every_name_of_this_machine_will_do(self, folder: dict[str, str], host: str) -> None:
        assert Config.from_env({**folder, "HOST": host}).host == host

    def test_the_short_names_of_make_run_are_heard(self, folder: dict[str, str]) -> None:
        config = Config.from_env({**folder, "HOST": "::1", "PORT": "8123", "PROFILE": "jiyuan"})
        assert (config.host, config.port, config.profile) == ("::1", 8123, "jiyuan")
        assert config.public_url == "http://[::1]:8123"

    def test_the_full_name_wins_over_the_short_one(self, folder: dict[str, str]) -> None:
        config = Config.from_env({**folder, "PORT": "8123", "HUHANG_PORT": "8124"})
        assert config.port == 8124

    def test_an_empty_setting_is_as_good_as_none(self, folder: dict[str, str]) -> None:
        empty = {"HOST": "", "PORT": " ", "PROFILE": "", "HUHANG_LOG_LEVEL": "", "HUHANG_DATABASE_URL": ""}
        assert Config.from_env({**folder, **empty}) == Config.from_env(folder)


class TestValues:
    """What a setting becomes."""

    @pytest.mark.parametrize("policy", RATE_POLICIES)
    def test_each_policy_is_a_setting(self, folder: dict[str, str], policy: str) -> None:
        config = Config.from_env({**folder, f"HUHANG_RATE_{policy.upper()}": "7 per day"})
        changed = {name: figure for name, figure in config.rate_policies.items() if figure == "7 per day"}
        assert changed == {policy: "7 per day"}

    def test_public_reading_allows_600_a_minute(self, folder: dict[str, str]) -> None:
        assert Config.from_env(folder).rate_policies["read"] == "600 per minute"

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
    def test_every_way_to_write_postgresql_gets_the_driver_that_is_here(
        self, folder: dict[str, str], scheme: str
    ) -> None:
        config = Config.from_env({**folder, "HUHANG_DATABASE_URL": f"{scheme}://huhang@localhost/huhang"})
        assert config.database_url == "postgresql+psycopg://huhang@localhost/huhang"

    def test_everything_lies_under_one_folder(self, folder: dict[str, str]) -> None:
        config = Config.from_env(folder)
        for path in (config.files_dir, config.index_dir, Path(config.database_url.split("///")[1])):
            assert path.is_relative_to(folder["HUHANG_DATA"])

    def test_what_is_printed_of_it_holds_no_secret(self, folder: dict[str, str]) -> None:
        config = _production(
            folder,
            HUHANG_SMTP_PASSWORD="mail-secret",
            HUHANG_DATABASE_URL="postgresql://huhang:database-secret@localhost/huhang",
        )
        shown = repr(config)
        assert not [
            secret for secret in (*KEYS.values(), "mail-secret", "database-secret") if secret in shown
        ]

    def test_nothing_can_be_changed_afterwards(self, folder: dict[str, str]) -> None:
        config = Config.from_env(folder)
        with pytest.raises(AttributeError):
            config.port = 1  # type: ignore[misc]
        with pytest.raises(TypeError):
            config.rate_policies["sign_in"] = "1000 per second"  # type: ignore[index]


RACER = "import os, config; print(sorted(vars(config.Config.from_env(os.environ).keys).items()))"


class TestDevelopmentKeys:
    """Made at the first start, kept in the data folder."""

    def test_only_their_owner_can_read_them(self, folder: dict[str, str]) -> None:
        Config.from_env(folder)
        keys = Path(folder["HUHANG_DATA"]) / "keys"
        assert stat.S_IMODE(keys.stat().st_mode) == 0o700
        made = {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()}
        assert made == {name.lower(): 0o600 for name in KEY_NAMES}

    def test_they_are_random_and_stay(self, folder: dict[str, str], tmp_path: Path) -> None:
        first, again = Config.from_env(folder).keys, Config.from_env(folder).keys
        elsewhere = Config.from_env({"HUHANG_DATA": str(tmp_path / "other")}).keys
        assert first == again
        values = [*vars(first).values(), *vars(elsewhere).values()]
        assert len(set(values)) == 2 * len(KEY_NAMES)
        assert all(re.fullmatch("[0-9a-f]{64}", value) for value in values)

    def test_a_key_that_is_given_is_taken_and_not_written_down(self, folder: dict[str, str]) -> None:
        config = Config.from_env({**folder, "HUHANG_CODE_KEY": "AB" * 32})
        assert config.keys.code_key == "ab" * 32
        assert not (Path(folder["HUHANG_DATA"]) / "keys" / "code_key").exists()

    def test_a_spoilt_key_file_is_refused_by_name(self, folder: dict[str, str]) -> None:
        Config.from_env(folder)
        (Path(folder["HUHANG_DATA"]) / "keys" / "totp_key").write_text("half a key")
        with pytest.raises(ConfigError, match="HUHANG_TOTP_KEY"):
            Config.from_env(folder)

    def test_processes_that_start_together_end_with_the_same_keys(self, folder: dict[str, str]) -> None:
        racers = [
            subprocess.Popen([sys.executable, "-c", RACER], cwd=ROOT, env=folder, stdout=subprocess.PIPE)
            for _ in range(5)
        ]
        found = {racer.communicate(timeout=60)[0] for racer in racers}
        assert [racer.returncode for racer in racers] == [0] * len(racers)
        assert len(found) == 1
