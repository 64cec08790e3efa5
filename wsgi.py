"""The entry point of every server and command: `flask --app wsgi …`, `gunicorn wsgi:app`."""

import gc
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
# `site/` is a source root (its name belongs to the standard library), so it goes on the path beside the root.
sys.path[:0] = [entry for entry in (str(ROOT / "site"), str(ROOT)) if entry not in sys.path]

from app import create_app  # noqa: E402
from config import Config, ConfigError  # noqa: E402

try:
    app = create_app(Config.from_env(os.environ))
except ConfigError as error:
    sys.exit(f"配置错误：{error}")

# What the application is made of stays until the process ends: half a million objects that the collector need not look
# at again and again. It goes through what requests leave behind, less often than for a program that has nothing else.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
