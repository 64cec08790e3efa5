"""The configuration: one frozen, typed object, read once from a mapping of environment variables.

Nothing else reads the environment. `HUHANG_ENV` unset means development: keys are made under the data folder and the
server binds to loopback. `production` starts only with its keys given. Every setting stands in docs/configuration.md.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent

KEY_NAMES = ("SECRET_KEY", "PASSWORD_SALT", "TOTP_KEY", "CODE_KEY", "VAULT_KEY")
KEY_BYTES = 32


class ConfigError(Exception):
    """A setting is missing or wrong; the message is a sentence that names it."""


@dataclass(frozen=True)
class Keys:
    """The secrets, 32 random bytes each, written as 64 hexadecimal digits."""

    secret_key: str  # signs session cookies and form tokens
    password_salt: str  # peppers people's passwords (HMAC before Argon2id)
    totp_key: str  # encrypts the secrets of one-time passwords
    code_key: str  # HMAC of query codes
    vault_key: str  # wraps the data keys of identities


@dataclass(frozen=True)
class Mail:
    """How mail leaves: `console` prints it, `smtp` sends it."""

    kind: str
    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    sender: str


@dataclass(frozen=True)
class Uploads:
    """Limits of what a filer may attach."""

    file_bytes: int
    filing_bytes: int
    files: int


@dataclass(frozen=True)
class Config:
    """All settings. Sizes in bytes, times in the unit that the name says."""

    environment: str
    data_dir: Path
    database_url: str
    profile: str
    host: str
    port: int
    web_workers: int
    web_threads: int
    public_url: str
    trusted_proxies: int
    keys: Keys
    mail: Mail
    uploads: Uploads
    rate_limits: bool
    rate_limit_storage: str
    rate_policies: Mapping[str, str]
    search_memory_bytes: int
    log_level: str

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def files_dir(self) -> Path:
        """Where evidence and papers lie."""
        return self.data_dir / "files"

    @property
    def index_dir(self) -> Path:
        """Where the search index lies."""
        return self.data_dir / "index"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Config:
        """Reads `env`; raises `ConfigError` with a sentence when a value is missing or wrong."""
        environment = _choice(env, "ENV", "development", ("development", "testing", "production"))
        data_dir = Path(_text(env, "DATA", str(ROOT / "var"))).expanduser().resolve()
        host = _text(env, "HOST", env.get("HOST", "127.0.0.1"))
        if environment == "development" and host not in ("127.0.0.1", "::1", "localhost"):
            raise ConfigError(
                f"HUHANG_HOST 是 {host}：开发模式只能绑定本机地址。正式运行请设 HUHANG_ENV=production 并给出各项密钥。"
            )
        limits = _choice(env, "RATE_LIMITS", "on", ("on", "off"))
        if environment == "production" and limits == "off":
            raise ConfigError("HUHANG_RATE_LIMITS=off 不能用于正式运行（HUHANG_ENV=production）。")
        port = _number(env, "PORT", _number(env, "PORT", 8000, prefix=""))
        return cls(
            environment=environment,
            data_dir=data_dir,
            database_url=_text(env, "DATABASE_URL", f"sqlite:///{data_dir / 'huhang.db'}"),
            profile=_text(env, "PROFILE", env.get("PROFILE", "pingdingshan")),
            host=host,
            port=port,
            web_workers=_number(env, "WEB_WORKERS", 2),
            web_threads=_number(env, "WEB_THREADS", 4),
            public_url=_text(env, "PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
            trusted_proxies=_number(env, "TRUSTED_PROXIES", 0),
            keys=_keys(env, environment, data_dir),
            mail=_mail(env),
            uploads=Uploads(
                file_bytes=_number(env, "UPLOAD_FILE_MB", 50) * 1024 * 1024,
                filing_bytes=_number(env, "UPLOAD_FILING_MB", 500) * 1024 * 1024,
                files=_number(env, "UPLOAD_FILES", 20),
            ),
            rate_limits=limits == "on",
            rate_limit_storage=_text(env, "RATE_LIMIT_STORAGE", "memory://"),
            rate_policies={
                name: _text(env, f"RATE_{name.upper()}", value) for name, value in RATE_POLICIES.items()
            },
            search_memory_bytes=_number(env, "SEARCH_MEMORY_MB", 256) * 1024 * 1024,
            log_level=_choice(env, "LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
        )


# Named policies of the rate limiter, per address unless the name says otherwise. Each is a setting: HUHANG_RATE_<NAME>.
RATE_POLICIES: Mapping[str, str] = {
    "read": "600 per minute",  # public pages
    "search": "300 per minute",  # a search costs more than a page
    "file": "20 per hour; 60 per day",  # sending a filing
    "upload": "120 per hour",  # attaching evidence
    "track": "10 per minute; 60 per hour",  # trying a reference and a query code
    "track_reference": "20 per hour",  # tries against one reference, from anywhere
    "sign_in": "10 per minute; 60 per hour",  # trying a password
    "sign_in_account": "10 per 15 minutes",  # tries against one account, from anywhere
    "recover": "5 per hour",  # asking for a new password
    "work": "1200 per minute",  # signed-in staff
    "api": "600 per minute",
}


def _text(env: Mapping[str, str], name: str, default: str, prefix: str = "HUHANG_") -> str:
    return env.get(prefix + name, "").strip() or default


def _number(env: Mapping[str, str], name: str, default: int, prefix: str = "HUHANG_") -> int:
    raw = _text(env, name, str(default), prefix)
    if not raw.isascii() or not raw.isdigit():
        raise ConfigError(f"{prefix}{name} 应是一个非负整数，现在是“{raw}”。")
    return int(raw)


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = _text(env, name, default).lower()
    if value not in allowed:
        raise ConfigError(f"HUHANG_{name} 只能是 {'、'.join(allowed)}，现在是“{value}”。")
    return value


def _mail(env: Mapping[str, str]) -> Mail:
    return Mail(
        kind=_choice(env, "MAIL", "console", ("console", "smtp")),
        host=_text(env, "SMTP_HOST", "localhost"),
        port=_number(env, "SMTP_PORT", 25),
        user=_text(env, "SMTP_USER", ""),
        password=_text(env, "SMTP_PASSWORD", ""),
        use_tls=_choice(env, "SMTP_TLS", "off", ("on", "off")) == "on",
        sender=_text(env, "MAIL_FROM", "huhang@localhost"),
    )


def _keys(env: Mapping[str, str], environment: str, data_dir: Path) -> Keys:
    values = {}
    for name in KEY_NAMES:
        given = env.get(f"HUHANG_{name}", "").strip()
        if not given and environment == "production":
            raise ConfigError(
                f"缺少 HUHANG_{name}：正式运行必须给出这个密钥（64 位十六进制数字，例如 openssl rand -hex 32 的输出）。"
            )
        values[name.lower()] = _checked_key(name, given or _development_key(data_dir, name))
    return Keys(**values)


def _checked_key(name: str, value: str) -> str:
    try:
        is_long_enough = len(bytes.fromhex(value)) == KEY_BYTES
    except ValueError:
        is_long_enough = False
    if not is_long_enough:
        raise ConfigError(f"HUHANG_{name} 应是 64 位十六进制数字。")
    return value.lower()


def _development_key(data_dir: Path, name: str) -> str:
    """The key kept in the data folder, made there at the first start; only the owner can read the file."""
    folder = data_dir / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name.lower()
    if not path.exists():
        fresh = folder / f".{name.lower()}.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(KEY_BYTES))
        # A link is made whole or not at all, so two processes that start together end with the same key.
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
