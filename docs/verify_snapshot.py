"""Checks that a decision was published, without the site: `python verify_snapshot.py proof.json --keys keys.json
[--later head.json --consistency consistency.json]`. Needs Python 3.9 or newer and the package `cryptography`; no network.

proof.json comes from the page of a decision, keys.json is what /verify/keys.json gives: fetch it once, from an address
that you trust. With a later head (one of /data/heads.json) and /data/consistency.json?first=…&second=… it also checks that
nothing was taken out of the tree or changed in it between the two. The tree is that of RFC 9162.

Exit code 0: everything holds. 1: something does not. 2: a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def canonical(content):
    """The bytes that are signed and committed to: keys sorted, no white space, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(*parts):
    """The digest of the parts in a row."""
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf, place, size, path):
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2); None when it is no proof for that place."""
    if not 0 <= place < size:
        return None
    at, last, root = place, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            root = sha256(b"\x01", sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = sha256(b"\x01", root, sibling)
        at, last = at >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(first, second, first_root, second_root, path):
    """Whether the first tree is how the second began (RFC 9162, 2.1.4.2)."""
    if first == second:
        return not path and first_root == second_root
    hashes = list(path) if first & (first - 1) else [first_root, *path]
    if not 0 < first < second or not hashes:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = sha256(b"\x01", sibling, old), sha256(b"\x01", sibling, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = sha256(b"\x01", new, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def signature_problem(document, keys):
    """Why the signature under a head does not hold; empty if it does."""
    head = document["head"]
    public = {key["key_id"]: bytes.fromhex(key["public_key"]) for key in keys["keys"]}.get(head["key_id"])
    if public is None:
        return f"签名密钥 {head['key_id']} 不在公钥文件里 / the signing key is not among the published ones"
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            base64.b64decode(document["signature"]), canonical(head)
        )
    except InvalidSignature:
        return "签名不成立 / the signature does not hold"
    return ""


def problems(proof, keys, later, consistency):
    """Everything that does not hold, each as a sentence."""
    if problem := signature_problem(proof, keys):
        yield problem
    head = proof["head"]
    leaf = sha256(b"\x00", sha256(bytes.fromhex(proof["salt"]), canonical(proof["record"])))
    path = [bytes.fromhex(one) for one in proof["path"]]
    if root_of(leaf, proof["position"], head["tree_size"], path) != bytes.fromhex(head["root"]):
        yield "树里没有这份决定书，或者内容被改动过 / the record is not in the tree as it stands here"
    if later is None:
        return
    if problem := signature_problem(later, keys):
        yield problem
    path = [bytes.fromhex(one) for one in consistency["path"]]
    roots = bytes.fromhex(head["root"]), bytes.fromhex(later["head"]["root"])
    if not is_consistent(head["tree_size"], later["head"]["tree_size"], *roots, path):
        yield "后来的树不是从这一棵长成的 / the later tree did not grow from this one"


def main():
    """Reads the command line, says what was found, and returns the exit code."""
    parser = argparse.ArgumentParser(description="核验公示证明 / check that a decision was published")
    parser.add_argument("proof", help="/data/proofs/….json")
    parser.add_argument("--keys", required=True, help="/verify/keys.json")
    parser.add_argument("--later", help="one of /data/heads.json")
    parser.add_argument("--consistency", help="/data/consistency.json")
    arguments = parser.parse_args()
    if bool(arguments.later) != bool(arguments.consistency):
        parser.error("--later and --consistency go together")
    try:
        files = [arguments.proof, arguments.keys, arguments.later, arguments.consistency]
        read = [json.loads(Path(file).read_text(encoding="utf-8")) if file else None for file in files]
        found = list(problems(*read))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"读不出来 / cannot be read: {error!r}\n")
        return 2
    for problem in found:
        sys.stderr.write(problem + "\n")
    if not found:
        head, record = read[0]["head"], read[0]["record"]
        code = sha256(bytes.fromhex(read[0]["salt"]), canonical(record)).hex()[:16]
        sys.stdout.write(
            f"公示过 / was published: {record['document_number']}, {head['bureau']}, {head['signed_at']}\n"
            f"引用中的校验码 / code in a citation: {code}\n"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
