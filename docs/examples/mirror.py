"""Keeps a copy of every public decision, true to the site: the whole once, then what each day changed, what has ended, and
proof that the copy is what was signed. Run it daily; when it was not run for long it begins anew by itself.

    curl -O https://SITE/data/tools/mirror.py -O https://SITE/data/tools/verify_snapshot.py
    pip install cryptography
    python mirror.py https://SITE folder

`folder/decisions.jsonl` is the copy, one record a line, and `folder/state.json` where the next run goes on.
`folder/keys.json` are the public keys as they were on the first run: compare them once with those that the bureau prints.

Needs Python 3.9 or newer. Exit code 0: the copy is true. 1: something that was signed does not hold. 2: no answer, or one
that cannot be read; nothing was changed, try again later.
"""

import argparse
import datetime as dt
import email.utils
import hashlib
import importlib.util
import json
import random
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

BEIJING = dt.timezone(dt.timedelta(hours=8))
ONE_DAY = dt.timedelta(days=1)
DELTAS_KEPT = 30  # days for which the site has them
TRIES, LONGEST_WAIT = 5, 120
BUSY = ()  # the site answers "later"
# Fields that the copy and a proof have in common.
PROVED = (
    "document_number",
    "party",
    "uscc",
    "cause",
    "facts",
    "basis",
    "penalty",
    "decided_on",
    "published_on",
    "authority",
)


class NoAnswer(Exception):
    """The site said nothing that could be used."""


class Untrue(Exception):
    """What was signed does not hold."""


def fetch(address, method="GET"):
    """Status, headers and body; waits and tries again where the site asks for it."""
    for attempt in range(TRIES):
        try:
            with urllib.request.urlopen(urllib.request.Request(address, method=method), timeout=60) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503) or attempt == TRIES - 1:
                return error.code, error.headers, error.read()
            time.sleep(min(LONGEST_WAIT, int(error.headers.get("Retry-After") or 10)))
    raise NoAnswer(address)


class Mirror:
    """The copy, and what it takes to bring it up to date; nothing is written before all of it went well."""

    def __init__(self, site, folder, verify, fetch=fetch):
        self.site, self.folder, self.verify, self.fetch = site.rstrip("/"), Path(folder), verify, fetch
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state = self._read("state.json") or {}
        kept = self.folder / "decisions.jsonl"
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() and self.state else []
        self.records = {record["id"]: record for record in map(json.loads, lines)}
        self.fresh = set()

    def update(self, now, proofs):
        """One run, from what was there to what is there now."""
        today = now.astimezone(BEIJING).date()
        first = dt.date.fromisoformat(self.state["day"]) if self.state else None
        if first is None or first < today - DELTAS_KEPT * ONE_DAY:
            first = self.take_whole()
        # The day before is looked at again in the next run: its delta may be made after this one. Twice does no harm.
        go_on_at = min([*self.apply_deltas(first, today), today - ONE_DAY])
        self.apply_removals()
        if self.lags_behind():
            self.take_whole()
        self.check_head()
        self.check_records(proofs)
        self.state.update(day=go_on_at.isoformat(), looked_at=now.isoformat())
        self.write()

    def take_whole(self):
        """Everything that is public, and from which day on deltas tell more."""
        headers, body = self.get("/data/files/decisions.jsonl")
        records = [json.loads(line) for line in body.decode().splitlines()]
        if len(records) != int(headers["X-Row-Count"]):
            raise NoAnswer("decisions.jsonl is not whole")
        found = {record["id"]: record for record in records}
        self.fresh |= {name for name, record in found.items() if self.records.get(name) != record}
        self.records = found
        made_at = email.utils.parsedate_to_datetime(headers["Last-Modified"])
        self.state.setdefault("looked_at", (made_at - ONE_DAY).isoformat())
        return made_at.astimezone(BEIJING).date()

    def apply_deltas(self, day, today):
        """What was published, changed or ended on each day until today; no file, nothing happened. Yields the days whose
        files are just being made anew because something in them has ended: the removals tell what."""
        while day < today:
            found = self.get(f"/data/files/delta-{day.isoformat()}.jsonl", optional=(404, 503))
            if found is BUSY:
                yield day
            for line in found[1].decode().splitlines() if found else ():
                self.apply(json.loads(line))
            day += ONE_DAY

    def apply(self, change):
        """One line of a delta."""
        if change["op"] == "DEL":
            self.records.pop(change["id"], None)
        elif self.records.get(change["id"]) != change["record"]:
            self.records[change["id"]] = change["record"]
            self.fresh.add(change["id"])

    def apply_removals(self):
        """What has ended since the last run, up to this minute: the law wants copies to follow."""
        since = dt.datetime.fromisoformat(self.state["looked_at"]) - ONE_DAY
        address = "/decisions/removals.json?since=" + since.strftime("%Y-%m-%dT%H:%M:%S")
        while address:
            page = json.loads(self.get(address)[1])
            for one in page["items"]:
                self.records.pop(one["id"], None)
            address = page["next"]

    def lags_behind(self):
        """Whether the site's newest whole file has another number of records than the copy: then deltas were late."""
        status, headers, _body = self.fetch(self.site + "/data/files/decisions.jsonl", method="HEAD")
        return status == 200 and int(headers["X-Row-Count"]) != len(self.records)

    def check_head(self):
        """The newest signed head holds, and its tree grew from the one that was seen last."""
        keys = self._read("keys.json")
        if keys is None:
            keys = json.loads(self.get("/verify/keys.json")[1])
            (self.folder / "keys.json").write_text(json.dumps(keys, indent=1), encoding="utf-8")
        heads = json.loads(self.get("/data/heads.json")[1])["heads"]
        if not heads:
            return
        newest, before = heads[0], self.state.get("head")
        if problem := self.verify.signature_problem(newest, keys):
            raise Untrue(problem)
        if before and before["head"]["tree_size"]:
            sizes = before["head"]["tree_size"], newest["head"]["tree_size"]
            if sizes[1] < sizes[0]:
                raise Untrue("the tree has become smaller")
            proof = json.loads(self.get("/data/consistency.json?first={}&second={}".format(*sizes))[1])
            roots = [bytes.fromhex(head["head"]["root"]) for head in (before, newest)]
            if not self.verify.is_consistent(*sizes, *roots, [bytes.fromhex(one) for one in proof["path"]]):
                raise Untrue("the newest tree did not grow from the one that was seen before")
        self.state["head"] = newest

    def check_records(self, most):
        """Some records, new ones first, are held against their proofs."""
        keys, new = self._read("keys.json"), sorted(self.fresh & set(self.records))
        others = sorted(set(self.records) - self.fresh)
        random.shuffle(others)
        for name in (new + others)[:most]:
            found = self.get(f"/data/proofs/{name}.json", optional=(404, 410))
            if found is None:  # ended just now, or not in a signed tree before tomorrow
                continue
            proof, record = json.loads(found[1]), self.records[name]
            problems = list(self.verify.problems(proof, keys, None, None))
            problems += [field for field in PROVED if proof["record"].get(field) != record.get(field)]
            if problems:
                raise Untrue(f"{name}: " + "; ".join(problems))

    def get(self, address, optional=()):
        """Headers and body, held against the digest that came with them; nothing for a status that may be met."""
        whole = address if address.startswith("http") else self.site + address
        status, headers, body = self.fetch(whole)
        if status in optional:
            return BUSY if status == 503 else None
        if status != 200:
            raise NoAnswer(f"{whole}: {status}")
        digest = headers.get("X-Content-SHA256")
        if digest and digest != hashlib.sha256(body).hexdigest():
            raise NoAnswer(f"{whole}: cut off or changed on its way")
        return headers, body

    def write(self):
        """The copy first: should the state not be written after it, the next run does the same once more."""
        lines = (json.dumps(self.records[name], ensure_ascii=False) + "\n" for name in sorted(self.records))
        for name, text in (
            ("decisions.jsonl", "".join(lines)),
            ("state.json", json.dumps(self.state, indent=1)),
        ):
            aside = self.folder / f"{name}.new"
            aside.write_text(text, encoding="utf-8")
            aside.replace(self.folder / name)

    def _read(self, name):
        path = self.folder / name
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def verifier():
    """verify_snapshot.py, from the folder of this script or the one above."""
    here = Path(__file__).resolve().parent
    path = next(
        (one / "verify_snapshot.py" for one in (here, here.parent) if (one / "verify_snapshot.py").exists()),
        None,
    )
    if path is None:
        raise NoAnswer("verify_snapshot.py is missing: put it beside this script")
    spec = importlib.util.spec_from_file_location("verify_snapshot", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    """Reads the command line, brings the copy up to date, says what there is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site")
    parser.add_argument("folder")
    parser.add_argument(
        "--proofs", type=int, default=20, help="how many records to hold against their proofs"
    )
    arguments = parser.parse_args()
    try:
        mirror = Mirror(arguments.site, arguments.folder, verifier())
        mirror.update(dt.datetime.now(dt.UTC), arguments.proofs)
    except Untrue as error:
        sys.stderr.write(f"does not hold: {error}\n")
        return 1
    except (NoAnswer, OSError, ValueError, KeyError, ImportError) as error:
        sys.stderr.write(f"no use: {error!r}\n")
        return 2
    sys.stdout.write(f"{len(mirror.records)} records, {len(mirror.fresh)} new or changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
