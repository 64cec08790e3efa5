"""The entry point of every server and command: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site/` is a source root (its name belongs to the standard library), so it goes on the path beside the root.
sys.path[:0] = [entry for entry in (str(ROOT / "site"), str(ROOT)) if entry not in sys.path]

from app import create_app  # noqa: E402
from config import Config, ConfigError  # noqa: E402
from shared.memory import settle  # noqa: E402

try:
    app = create_app(Config.from_env(os.environ))
except ConfigError as error:
    sys.exit(f"配置错误：{error}")

settle()
