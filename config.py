"""The configuration: one frozen, typed object, read once from a mapping of environment variables.

Nothing else reads the environment. `HUHANG_ENV` unset means development: keys are made under the data folder and the
server binds to loopback. `production` starts only with its keys given. Every setting stands in docs/configuration.md.
"""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from limits import parse_many
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.key_files import is_key, kept_key

ROOT = Path(__file__).resolve().parent

KEY_NAMES = ("SECRET_KEY", "PASSWORD_SALT", "TOTP_KEY", "CODE_KEY", "VAULT_KEY", "SIGNING_KEY")
KEY_BYTES = 32
OLD_VAULT_KEYS = "old_vault_keys"  # a file beside the keys
MEGABYTE = 1024 * 1024
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
PORTS = 65_535


class ConfigError(Exception):
    """A setting is missing or wrong; the message is a sentence that names it."""


@dataclass(frozen=True)
class Keys:
    """The secrets, 32 random bytes each, written as 64 hexadecimal digits."""

    secret_key: str = field(repr=False)  # signs session cookies and form tokens
    password_salt: str = field(repr=False)  # peppers people's passwords (HMAC before Argon2id)
    totp_key: str = field(repr=False)  # encrypts the secrets of one-time passwords
    code_key: str = field(repr=False)  # HMAC of query codes
    vault_key: str = field(repr=False)  # wraps the data keys of identities
    signing_key: str = field(repr=False)  # signs receipts (Ed25519)


@dataclass(frozen=True)
class Mail:
    """How mail leaves: `console` prints it, `smtp` sends it."""

    kind: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    use_tls: bool
    sender: str


@dataclass(frozen=True)
class Uploads:
    """Limits of what a filer may attach."""

    file_bytes: int
    filing_bytes: int
    files: int


@dataclass(frozen=True)
class S3:
    """A bucket for files; an empty `bucket` means the local folder. An empty `endpoint` means Amazon's own."""

    bucket: str
    prefix: str
    endpoint: str
    region: str
    access_key_id: str
    secret_access_key: str = field(repr=False)


@dataclass(frozen=True)
class Config:
    """All settings. Sizes in bytes, times in the unit that the name says."""

    environment: str
    data_dir: Path
    database_url: str = field(repr=False)  # may hold a password
    profile: str
    host: str
    port: int
    web_workers: int
    web_threads: int
    public_url: str
    trusted_proxies: int
    keys: Keys
    old_vault_keys: tuple[str, ...] = field(repr=False)
    mail: Mail
    sms_url: str
    sms_token: str = field(repr=False)
    uploads: Uploads
    s3: S3
    clamd: str
    soffice: str
    proof_of_work: int
    office_networks: tuple[tuple[Network, int], ...]
    rate_limits: bool
    rate_limit_storage: str
    rate_policies: Mapping[str, str]
    search_memory_bytes: int
    log_level: str
    metrics_token: str = field(repr=False)  # whoever shows it may read /metrics

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
        host = _host(env, environment)
        port = _number(env, "PORT", _number(env, "PORT", 8000, 1, PORTS, prefix=""), 1, PORTS)
        return cls(
            environment=environment,
            data_dir=data_dir,
            database_url=_database_url(env, data_dir),
            profile=_text(env, "PROFILE", _text(env, "PROFILE", "pingdingshan", prefix="")),
            host=host,
            port=port,
            web_workers=_number(env, "WEB_WORKERS", 2, 1),
            web_threads=_number(env, "WEB_THREADS", 4, 1),
            public_url=_public_url(env, host, port),
            trusted_proxies=_number(env, "TRUSTED_PROXIES", 0),
            keys=_keys(env, environment, data_dir),
            old_vault_keys=_old_vault_keys(env, environment, data_dir),
            mail=_mail(env),
            sms_url=_sms_url(env, environment),
            sms_token=_text(env, "SMS_TOKEN", ""),
            uploads=Uploads(
                file_bytes=_number(env, "UPLOAD_FILE_MB", 50, 1) * MEGABYTE,
                filing_bytes=_number(env, "UPLOAD_FILING_MB", 500, 1) * MEGABYTE,
                files=_number(env, "UPLOAD_FILES", 20, 1),
            ),
            s3=_s3(env),
            clamd=_clamd(env),
            soffice=_text(env, "SOFFICE", "soffice"),
            proof_of_work=_number(env, "PROOF_OF_WORK", 50_000, 0, 10_000_000),
            office_networks=_office_networks(env),
            rate_limits=_rate_limits(env, environment),
            rate_limit_storage=_rate_limit_storage(env),
            rate_policies=MappingProxyType({name: _rate_policy(env, name) for name in RATE_POLICIES}),
            search_memory_bytes=_number(env, "SEARCH_MEMORY_MB", 256, 1) * MEGABYTE,
            log_level=_choice(env, "LOG_LEVEL", "info", ("debug", "info", "warning", "error")),
            metrics_token=_text(env, "METRICS_TOKEN", ""),
        )


# Named policies of the rate limiter, per address unless the file says otherwise. Each is a setting: HUHANG_RATE_<NAME>.
RATE_POLICIES: Mapping[str, str] = MappingProxyType(
    tomllib.loads((ROOT / "profiles" / "rates.toml").read_text(encoding="utf-8"))
)
RATE_STORAGES = (
    "memory://",
    "redis://",
    "rediss://",
    "redis+unix://",
    "redis+sentinel://",
    "redis+cluster://",
)


def _text(env: Mapping[str, str], name: str, default: str, prefix: str = "HUHANG_") -> str:
    return env.get(prefix + name, "").strip() or default


def _number(
    env: Mapping[str, str],
    name: str,
    default: int,
    least: int = 0,
    most: int | None = None,
    prefix: str = "HUHANG_",
) -> int:
    raw = _text(env, name, str(default), prefix)
    if not raw.isascii() or not raw.isdigit() or int(raw) < least or (most is not None and int(raw) > most):
        allowed = f"{least} 到 {most} 之间的整数" if most is not None else f"不小于 {least} 的整数"
        raise ConfigError(f"{prefix}{name} 应是{allowed}，现在是“{raw}”。")
    return int(raw)


def _choice(env: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = _text(env, name, default).lower()
    if value not in allowed:
        raise ConfigError(f"HUHANG_{name} 只能是 {'、'.join(allowed)}，现在是“{value}”。")
    return value


def _host(env: Mapping[str, str], environment: str) -> str:
    host = _text(env, "HOST", _text(env, "HOST", "127.0.0.1", prefix=""))
    if environment != "production" and not _is_loopback(host):
        raise ConfigError(
            f"HUHANG_HOST 是 {host}：开发模式只能绑定本机地址。正式运行请设 HUHANG_ENV=production 并给出各项密钥。"
        )
    return host


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _public_url(env: Mapping[str, str], host: str, port: int) -> str:
    default = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    url = _text(env, "PUBLIC_URL", default).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ConfigError(f"HUHANG_PUBLIC_URL 应是完整的网址，例如 https://www.example.org，现在是“{url}”。")
    return url


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    """The address with its driver. It may hold a password, so a refusal does not repeat it."""
    given = _text(env, "DATABASE_URL", f"sqlite:///{data_dir / 'huhang.db'}")
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            given = "postgresql+psycopg://" + given.removeprefix(short)
    try:
        driver = make_url(given).drivername
    except ArgumentError:
        driver = ""
    if driver not in ("sqlite", "postgresql+psycopg"):
        raise ConfigError(
            "HUHANG_DATABASE_URL 应以 sqlite:/// 或 postgresql+psycopg:// 开头，"
            "例如 postgresql+psycopg://huhang@localhost/huhang。"
        )
    return given


def _s3(env: Mapping[str, str]) -> S3:
    bucket, endpoint = _text(env, "S3_BUCKET", ""), _text(env, "S3_ENDPOINT", "").rstrip("/")
    key, secret = _text(env, "S3_ACCESS_KEY_ID", ""), _text(env, "S3_SECRET_ACCESS_KEY", "")
    if endpoint and (urlsplit(endpoint).scheme not in ("http", "https") or not urlsplit(endpoint).hostname):
        raise ConfigError(
            f"HUHANG_S3_ENDPOINT 应是完整的网址，例如 https://s3.example.org，现在是“{endpoint}”。"
        )
    if bucket and not (key and secret):
        raise ConfigError(
            "设了 HUHANG_S3_BUCKET，还要设 HUHANG_S3_ACCESS_KEY_ID 和 HUHANG_S3_SECRET_ACCESS_KEY。"
        )
    return S3(
        bucket=bucket,
        prefix=_text(env, "S3_PREFIX", "").strip("/"),
        endpoint=endpoint,
        region=_text(env, "S3_REGION", "us-east-1"),
        access_key_id=key,
        secret_access_key=secret,
    )


def _clamd(env: Mapping[str, str]) -> str:
    """Where ClamAV's daemon listens; empty where there is none."""
    given = _text(env, "CLAMD", "")
    parts = urlsplit(given)
    is_socket = parts.scheme == "unix" and parts.path.startswith("/")
    is_network = parts.scheme == "tcp" and bool(parts.hostname)
    if given and not (is_socket or is_network):
        raise ConfigError(
            f"HUHANG_CLAMD 应写成 unix:/run/clamav/clamd.ctl 或 tcp://主机:3310，现在是“{given}”。"
        )
    return given


def _rate_limits(env: Mapping[str, str], environment: str) -> bool:
    is_on = _choice(env, "RATE_LIMITS", "on", ("on", "off")) == "on"
    if environment == "production" and not is_on:
        raise ConfigError("HUHANG_RATE_LIMITS=off 不能用于正式运行（HUHANG_ENV=production）。")
    return is_on


def _rate_limit_storage(env: Mapping[str, str]) -> str:
    """Where counts are kept; the address may hold a password, so a refusal does not repeat it."""
    given = _text(env, "RATE_LIMIT_STORAGE", "memory://")
    if not given.startswith(RATE_STORAGES):
        raise ConfigError(f"HUHANG_RATE_LIMIT_STORAGE 应以 {'、'.join(RATE_STORAGES)} 之一开头。")
    return given


def _office_networks(env: Mapping[str, str]) -> tuple[tuple[Network, int], ...]:
    """Networks that many people share one address of, each with how many times the usual allowance it has."""
    given = _text(env, "OFFICE_NETWORKS", "")
    found = []
    for one in filter(None, (part.strip() for part in given.split(","))):
        network, _equals, times = one.partition("=")
        try:
            found.append((ipaddress.ip_network(network.strip()), int(times)))
        except ValueError:
            raise ConfigError(
                f"HUHANG_OFFICE_NETWORKS 应写成 203.0.113.0/24=10，几个用逗号隔开，现在是“{one}”。"
            ) from None
        if not 1 <= found[-1][1] <= 1000:
            raise ConfigError(f"HUHANG_OFFICE_NETWORKS 的倍数应在 1 到 1000 之间，现在是“{one}”。")
    return tuple(found)


def _rate_policy(env: Mapping[str, str], name: str) -> str:
    """Checked at the start: a figure that cannot be read would otherwise be no limit at all."""
    figure = _text(env, f"RATE_{name.upper()}", RATE_POLICIES[name])
    try:
        parse_many(figure)
    except ValueError:
        raise ConfigError(
            f"HUHANG_RATE_{name.upper()} 应写成“600 per minute”这样，几条用分号隔开，现在是“{figure}”。"
        ) from None
    return figure


def _mail(env: Mapping[str, str]) -> Mail:
    return Mail(
        kind=_choice(env, "MAIL", "console", ("console", "smtp")),
        host=_text(env, "SMTP_HOST", "localhost"),
        port=_number(env, "SMTP_PORT", 25, 1, PORTS),
        user=_text(env, "SMTP_USER", ""),
        password=_text(env, "SMTP_PASSWORD", ""),
        use_tls=_choice(env, "SMTP_TLS", "off", ("on", "off")) == "on",
        sender=_text(env, "MAIL_FROM", "huhang@localhost"),
    )


def _sms_url(env: Mapping[str, str], environment: str) -> str:
    address, plain = _text(env, "SMS_URL", ""), "https" if environment == "production" else "http"
    if address and (urlsplit(address).scheme not in ("https", plain) or not urlsplit(address).hostname):
        raise ConfigError(f"HUHANG_SMS_URL 应是 https:// 开头的短信网关地址，现在是“{address}”。")
    return address


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


def _old_vault_keys(env: Mapping[str, str], environment: str, data_dir: Path) -> tuple[str, ...]:
    """Vault keys of before, which open what is not rewrapped yet; in development `vault rotate` keeps them in a file."""
    given, kept = _text(env, "OLD_VAULT_KEYS", ""), data_dir / "keys" / OLD_VAULT_KEYS
    if not given and environment != "production" and kept.exists():
        given = kept.read_text().strip()
    return tuple(_checked_key("OLD_VAULT_KEYS", one.strip()) for one in given.split(",") if one.strip())


def _checked_key(name: str, value: str) -> str:
    if not is_key(value, size=KEY_BYTES):
        raise ConfigError(f"HUHANG_{name} 应是 64 位十六进制数字。")
    return value.lower()


def _development_key(data_dir: Path, name: str) -> str:
    """The key kept in the data folder, made there at the first start; only the owner can read the file."""
    path = data_dir / "keys" / name.lower()
    try:
        return kept_key(path, size=KEY_BYTES)
    except OSError as error:
        raise ConfigError(
            f"HUHANG_DATA 是 {data_dir}：密钥文件 {path} 不能读写（{error.strerror}）。"
        ) from error
