"""Checks a webhook without the site: `python verify_webhook.py --secret whsec_… --signature "t=…,v1=…" < body.json`.

Needs Python 3.9 or newer and nothing else. Exit code 0: the call is ours and fresh. 1: it is not. Copy `problem` into
your receiver; keep the `id` of each event for three days (we try again for two) and answer 200 without acting when it
comes again.
"""

import argparse
import hashlib
import hmac
import sys
import time

FRESH_SECONDS = 300


def problem(body, header, secret, now=None):
    """Why a call must not be trusted; empty if it can be. `body`: the bytes as they came, before any parsing."""
    parts = [part.split("=", 1) for part in header.split(",") if "=" in part]
    moments = [value for name, value in parts if name.strip() == "t"]
    if len(moments) != 1 or not moments[0].isdigit():
        return "没有时间 / no moment"
    at = int(moments[0])
    wanted = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    given = [value for name, value in parts if name.strip() == "v1"]
    if not any(hmac.compare_digest(wanted, one) for one in given):
        return "签名不成立 / the signature does not hold"
    if abs((time.time() if now is None else now) - at) > FRESH_SECONDS:
        return "太旧，可能是重放 / too old: it may be a replay"
    return ""


def main():
    """Reads the command line and the body, says what was found, and returns the exit code."""
    parser = argparse.ArgumentParser(description="核验办件通知 / check a webhook")
    parser.add_argument("--secret", required=True)
    parser.add_argument("--signature", required=True, help="the header Huhang-Signature")
    parser.add_argument("--now", type=float, help="seconds since 1970, instead of the clock")
    arguments = parser.parse_args()
    found = problem(sys.stdin.buffer.read(), arguments.signature, arguments.secret, arguments.now)
    sys.stdout.write((found or "签名成立 / the signature holds") + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
