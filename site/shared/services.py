"""What the application is given once and every request uses: configuration, bureau profile, search, adapters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from adapters.files import FolderStore
from adapters.mail import mailer_for
from adapters.papers.maker import DocxMaker
from adapters.s3 import S3Store
from adapters.sanitising.runner import ProcessSanitiser, find_soffice
from adapters.scanner import scanner_for
from adapters.sms import texter_for
from config import ROOT, Config, ConfigError
from models.people.profile_files import ProfileError, load_profile
from models.people.profiles import BureauProfile
from models.ports import FileStore, Mailer, PaperMaker, Sanitiser, Scanner, Texter

_KEY = "huhang_services"


@dataclass(frozen=True)
class Services:
    """Made in the factory, read through the functions below."""

    config: Config
    bureau: BureauProfile
    files: FileStore
    mailer: Mailer
    texter: Texter | None
    scanner: Scanner
    sanitiser: Sanitiser
    papers: PaperMaker


def init_app(app: Flask, config: Config) -> None:
    """Builds the services of `app` from its configuration."""
    sanitiser = ProcessSanitiser(find_soffice(config.soffice))
    app.extensions[_KEY] = Services(
        config=config,
        bureau=_bureau(config.profile),
        files=S3Store(config.s3) if config.s3.bucket else FolderStore(config.files_dir),
        mailer=mailer_for(config.mail, may_print=not config.is_production),
        texter=texter_for(config.sms_url, config.sms_token, may_print=not config.is_production),
        scanner=scanner_for(config.clamd),
        sanitiser=sanitiser,
        papers=DocxMaker(sanitiser),
    )


def _bureau(key: str) -> BureauProfile:
    try:
        return load_profile(key, ROOT / "profiles")
    except ProfileError as error:
        raise ConfigError(f"HUHANG_PROFILE：{error.sentence}") from error


def services() -> Services:
    """The services of the current app."""
    return cast(Services, current_app.extensions[_KEY])
