#!/usr/bin/env python3
"""Stand-alone verifier of an exported NEXUS audit log (format NEXUS-AX/1, file name *.nexus-audit).

One file, Python 3.8 or later, standard library only. It shares no code with NEXUS: every check below was written from
the published texts, which are named where they are used. Run `nexus_verify.py --help`; README.txt says what the
findings mean and what they do not prove.

Exit code: 0 everything checked holds, 5 something does not hold, 2 wrong use.
"""
import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import sys

EXIT_OK, EXIT_USAGE, EXIT_INTEGRITY = 0, 2, 5
MAX_SAFE_INTEGER = 2**53 - 1
MAX_PROBLEMS = 1000
# Of a line, and of nesting in it: what a file can make this program hold is bounded.
MAX_LINE_BYTES = 64 << 20
MAX_DEPTH = 64
EVOLVE = b"nexus-al/1 evolve\0"


class Stop(Exception):
    """The rest of the file cannot be judged."""

    def __init__(self, code, where, message):
        super().__init__(message)
        self.code, self.where, self.message = code, where, message


def sha256(data):
    return hashlib.sha256(data).digest()


# --- RFC 8785 (JSON Canonicalization Scheme), for the values a log may hold: no floats, no null --------------------

_ESCAPES = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


def _canonical_string(text):
    out = []
    for char in text:
        code = ord(char)
        if 0xD800 <= code <= 0xDFFF:
            raise ValueError("lone surrogate")
        out.append(_ESCAPES.get(code) or ("\\u%04x" % code if code < 32 else char))
    return '"' + "".join(out) + '"'


def canonical(value):
    """The RFC 8785 text of a value: members sorted by their names' UTF-16 code units."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if type(value) is int:
        if abs(value) > MAX_SAFE_INTEGER:
            raise ValueError("not a safe integer")
        return str(value)
    if type(value) is str:
        return _canonical_string(value)
    if type(value) is list:
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if type(value) is dict:
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(_canonical_string(name) + ":" + canonical(value[name]) for name in names) + "}"
    raise ValueError("a value of a kind that is never logged")


def _parse_int(text):
    value = int(text) if len(text) < 20 else MAX_SAFE_INTEGER + 1
    if abs(value) > MAX_SAFE_INTEGER:
        raise ValueError("not a safe integer")
    return value


def _refuse_number(text):
    raise ValueError("not an integer: " + text)


_decoder = json.JSONDecoder(parse_int=_parse_int, parse_float=_refuse_number, parse_constant=_refuse_number)
# Where all is ASCII, code units and code points sort alike and the library's own writer gives the canonical text.
_plain = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _check_depth(value, depth=0):
    if type(value) is not dict and type(value) is not list:
        return
    if depth == MAX_DEPTH:
        raise ValueError("nested deeper than %d" % MAX_DEPTH)
    for item in value.values() if type(value) is dict else value:
        _check_depth(item, depth + 1)


def parse_canonical(line):
    """The value of a line of canonical JSON. Raises ValueError for any other line."""
    text = line.decode("utf-8", "strict")
    value = _decoder.decode(text)
    if line.count(b"{") + line.count(b"[") > MAX_DEPTH:
        _check_depth(value)
    write = _plain.encode if line.isascii() and b"null" not in line else canonical
    if write(value) != text:
        raise ValueError("not in canonical form (RFC 8785)")
    return value


def entry_bytes(line, value):
    """An entry's own canonical text in its line: RFC 8785 is compositional, so it stands there as it is."""
    after = len(b"}")
    if "proof" in value:
        after += len((',"proof":' + _plain.encode(value["proof"])).encode())
    if "tag" in value:
        after += len(b',"tag":""') + 64
    return line[len(b'{"entry":') : len(line) - after]


# --- RFC 6962, Merkle trees ---------------------------------------------------------------------------------------


def leaf_hash(data):
    return sha256(b"\0" + data)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


class Tree:
    """RFC 6962 section 2.1, built as leaves arrive: roots of complete subtrees, largest first."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def append(self, leaf):
        node, bit = leaf, self.size
        while bit & 1:
            node = node_hash(self.peaks.pop(), node)
            bit >>= 1
        self.peaks.append(node)
        self.size += 1

    def root(self):
        if not self.peaks:
            return sha256(b"")
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node


def check_inclusion(leaf, index, size, proof, root):
    """RFC 9162 section 2.1.3.2 (the check of the proofs of RFC 6962 section 2.1.1)."""
    if not 0 <= index < size or len(leaf) != 32:
        return False
    fn, sn, node = index, size - 1, leaf
    for sibling in proof:
        if sn == 0 or len(sibling) != 32:
            return False
        if fn & 1 or fn == sn:
            node = node_hash(sibling, node)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = node_hash(node, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and node == root


def check_consistency(size1, size2, proof, root1, root2):
    """RFC 9162 section 2.1.4.2 (the check of the proofs of RFC 6962 section 2.1.2)."""
    if size1 < 1 or size1 > size2 or any(len(item) != 32 for item in proof):
        return False
    if size1 == size2:
        return not proof and root1 == root2
    proof = list(proof)
    if size1 & (size1 - 1) == 0:
        proof.insert(0, root1)
    if not proof:
        return False
    fn, sn = size1 - 1, size2 - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for item in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(item, fr), node_hash(item, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, item)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == root1 and sr == root2


# --- RFC 8032, Ed25519 (verification; signing only serves the self-test) -------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def _add(a, b):
    """RFC 8032 section 5.1.4, extended homogeneous coordinates."""
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _decode_point(data):
    """RFC 8032 section 5.1.3; None where the bytes are no point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P != 0:
        x = x * SQRT_M1 % P
        if (v * x * x - u) % P != 0:
            return None
    if x == 0 and sign:
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _encode_point(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public, message, signature):
    """RFC 8032 section 5.1.7, without the cofactor: [S]B = R + [k]A. A key of small order signs nothing: it would fit
    signatures of many messages at once."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _decode_point(public), _decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or _times(8, a)[0] == 0:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return _encode_point(_times(s, BASE)) == _encode_point(_add(r, _times(k, a)))


def ed25519_sign(secret, message):
    """RFC 8032 section 5.1.6. Not constant in time: for published test keys only."""
    digest = hashlib.sha512(secret).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    public = _encode_point(_times(scalar, BASE))
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % L
    point = _encode_point(_times(r, BASE))
    k = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % L
    return public, point + ((r + k * scalar) % L).to_bytes(32, "little")


# --- c2sp.org/signed-note and c2sp.org/tlog-checkpoint --------------------------------------------------------------


def strict_base64(text):
    """Base 64 in its one canonical spelling. Raises ValueError for any other."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise ValueError("not canonical base64")
    return data


class VerifierKey:
    """`name+hash+base64(algorithm byte ‖ key)`; the algorithm byte 1 is Ed25519."""

    def __init__(self, text):
        parts = text.split("+", 2)
        if len(parts) != 3 or not parts[0] or re.search(r"\s", parts[0]) or not re.fullmatch("[0-9a-f]{8}", parts[1]):
            raise ValueError("not a verifier key")
        self.name, data = parts[0], strict_base64(parts[2])
        self.hash = bytes.fromhex(parts[1])
        if len(data) != 33 or data[0] != 1:
            raise ValueError("not an Ed25519 key")
        if sha256(self.name.encode() + b"\n" + data)[:4] != self.hash:
            raise ValueError("the key's hash is not its own")
        self.public = data[1:]


def verify_note(note, key):
    """The signed text of a note where the key signed it; None otherwise."""
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not note.endswith("\n"):
        return None
    text += "\n"
    signed = False
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch(r"\u2014 ([^\s+]+) (\S+)", line)
        if match is None:
            return None
        try:
            data = strict_base64(match.group(2))
        except ValueError:
            return None
        if len(data) < 5:
            return None
        if match.group(1) != key.name or data[:4] != key.hash:
            continue
        if not ed25519_verify(key.public, text.encode(), data[4:]):
            return None
        signed = True
    return text if signed else None


def checkpoint_body(text):
    """Origin, size and root of a checkpoint's text; None where it is none."""
    match = re.fullmatch("([^\n]+)\n(0|[1-9][0-9]*)\n([A-Za-z0-9+/]{43}=)\n", text)
    if match is None:
        return None
    try:
        return match.group(1), int(match.group(2)), strict_base64(match.group(3))
    except ValueError:
        return None


def parse_proof(text):
    """c2sp.org/tlog-proof@v1: index, hashes, checkpoint. None where it is none (extra data is not used here)."""
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1":
        return None
    match = re.fullmatch("index (0|[1-9][0-9]{0,15})", lines[1])
    if match is None:
        return None
    try:
        hashes = [strict_base64(line) for line in lines[2:]]
    except ValueError:
        return None
    return int(match.group(1)), hashes, checkpoint


# --- NEXUS-AX/1 ----------------------------------------------------------------------------------------------------

HEX64 = re.compile("[0-9a-f]{64}")


def _is_text(value):
    return type(value) is str


def _is_count(value):
    return type(value) is int and value >= 0


def _is_bool(value):
    return type(value) is bool


def _is_digest(value):
    return type(value) is str and HEX64.fullmatch(value) is not None


def _is_object(value):
    return type(value) is dict


def _is_same(one, other):
    """Equal and of one kind: to Python, True is 1."""
    return type(one) is type(other) and one == other


def _is_texts(value):
    return type(value) is list and all(type(item) is str for item in value)


def _is_hashes(value):
    if not _is_texts(value):
        return False
    try:
        return all(len(strict_base64(item)) == 32 for item in value)
    except ValueError:
        return False


def _is_segment(value):
    # A log's first key is its first station's: it begins with the log.
    return value == {} or (has_shape(value, {"from": _is_count, "to": _is_count}) and value["from"] == 0 < value["to"])


def has_shape(value, required, optional=None):
    """An object with all required members, and none that is neither required nor optional; each of its kind."""
    if type(value) is not dict:
        return False
    found = 0
    for name, item in value.items():
        check = required.get(name)
        if check is not None:
            found += 1
        elif optional is not None and name in optional:
            check = optional[name]
        else:
            return False
        if not check(item):
            return False
    return found == len(required)


HEADER = {
    "entries": _is_count,
    "firstKey": _is_segment,
    "format": _is_text,
    "log": _is_text,
    "madeAt": _is_text,
    "product": _is_text,
    "root": _is_digest,
    "scope": _is_object,
    "size": _is_count,
    "version": _is_count,
    "vkey": _is_text,
}
ENTRY_LINE = {"entry": _is_object}
ENTRY_LINE_MORE = {"proof": _is_text, "tag": _is_digest}
ENTRY_MORE = {"boot": _is_text, "ctr": _is_count, "mono": _is_count}
ENTRY = {
    "act": _is_text,
    "actor": _is_text,
    "log": _is_text,
    "obj": _is_object,
    "pov": _is_text,
    "prev": _is_text,
    "role": _is_text,
    "seq": _is_count,
    "ts": _is_text,
    "v": _is_count,
}
EVIDENCE = {
    "bytes": _is_count,
    "case": _is_text,
    "entry": _is_count,
    "name": _is_text,
    "sha256": _is_digest,
    "source": _is_text,
}
CUSTODY = {
    "actor": _is_text,
    "agrees": _is_bool,
    "at": _is_text,
    "case": _is_text,
    "entry": _is_count,
    "expected": _is_digest,
    "kind": _is_text,
    "name": _is_text,
    "purpose": _is_text,
    "receipt": _is_text,
    "recipient": _is_text,
    "role": _is_text,
    "seq": _is_count,
    "source": _is_text,
}
PARTS = ("header", "checkpoint", "consistency", "entry", "evidence", "custody", "certificate", "manifest", "seal")
ONCE = ("header", "checkpoint", "certificate", "manifest", "seal")


class Export:
    """Judges an export line by line, in the order of its parts."""

    def __init__(self, key=None, first_key=None, mark=None):
        self.expected_key, self.tag_key, self.mark = key, first_key, mark
        self.problems, self.notes = [], []
        self.header, self.vkey, self.checkpoint, self.checkpoints = None, None, "", 0
        self.part, self.line = -1, 0
        self.whole = hashlib.sha256()
        self.digests = {name: [0, hashlib.sha256()] for name in PARTS[:-2]}
        self.consistency = {}
        self.count, self.previous, self.chain_broken = 0, None, False
        self.tree, self.roots = Tree(), {}
        self.tag_at, self.tags_checked, self.tag_broken = 0, 0, False
        self.joined, self.anomalies = None, 0
        self.imports, self.ledgers, self.ledger = {}, {}, {}
        # Imports that an original, or a line of the ledger, was listed for.
        self.listed, self.ingested = set(), set()
        self.evidence = []
        self.sealed = False

    def problem(self, code, where, message):
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append({"code": code, "where": where, "message": message})

    @property
    def is_whole(self):
        return self.header is not None and self.header["scope"].get("kind") == "all"

    def take(self, raw):
        self.line += 1
        where = "line %d" % self.line
        if len(raw) > MAX_LINE_BYTES:
            raise Stop("export.unreadable", where, "the line is longer than any line of an export")
        if not raw.endswith(b"\n"):
            raise Stop("export.unreadable", where, "the file ends inside a line")
        line = raw[:-1]
        try:
            value = parse_canonical(line)
        except (ValueError, RecursionError) as error:
            raise Stop("export.unreadable", where, "the line is not canonical JSON (RFC 8785): %s" % error)
        name = self.part_of(value)
        if name is None:
            raise Stop("export.structure", where, "the line is of no known part")
        at = PARTS.index(name)
        if at < self.part or (at == self.part and name in ONCE):
            raise Stop("export.structure", where, "a line of “%s” does not belong here" % name)
        for skipped in PARTS[self.part + 1 : at]:
            if skipped in ONCE:
                raise Stop("export.structure", where, "the part “%s” is missing" % skipped)
        if at > self.part:
            self.begin(name)
        self.part = at
        if name == "seal":
            self.take_seal(value["seal"], where)
            return
        self.whole.update(raw)
        if name != "manifest":
            self.digests[name][0] += 1
            self.digests[name][1].update(raw)
        if name == "entry":
            self.take_entry(value, entry_bytes(line, value), where)
        else:
            getattr(self, "take_" + name)(value[name], where)

    @staticmethod
    def part_of(value):
        if type(value) is not dict:
            return None
        if "entry" in value:
            return "entry" if has_shape(value, ENTRY_LINE, ENTRY_LINE_MORE) else None
        return next(iter(value)) if len(value) == 1 and next(iter(value)) in PARTS else None

    def begin(self, name):
        """What is due once a part is over, whichever follows it."""
        at = PARTS.index(name)
        if self.part <= PARTS.index("entry") < at:
            self.end_entries()
        if self.part <= PARTS.index("evidence") < at:
            self.end_evidence()
        if self.part <= PARTS.index("custody") < at:
            self.end_custody()

    def take_header(self, header, where):
        if not has_shape(header, HEADER) or header["format"] != "nexus-audit-export" or header["version"] != 1:
            raise Stop("export.structure", where, "the header is not one of NEXUS-AX/1")
        self.header = header
        try:
            self.vkey = VerifierKey(header["vkey"])
        except ValueError as error:
            raise Stop("export.structure", where, "the station's key cannot be read: %s" % error)
        if self.vkey.name != header["log"]:
            raise Stop("export.structure", where, "the station's key is not one of this log")
        if self.tag_key is not None and not header["firstKey"]:
            self.problem("audit.tag", where, "a first key was named, but no entry is said to be tagged from it")
        if self.expected_key is None:
            self.notes.append("the station's key was not compared with one told by another way: name it with --key")
        elif self.expected_key != header["vkey"]:
            self.problem("export.key", where, "the export was signed with another key than the one expected")
        if self.mark is None:
            self.notes.append("the log was not compared with a mark: name the SIZE:ROOT of a printed report with --mark")
        elif self.mark[0] > header["size"]:
            self.problem(
                "store.older-than-anchor", where, "the log has fewer entries than the mark it is compared with"
            )

    def take_checkpoint(self, note, where):
        if not _is_text(note):
            raise Stop("export.structure", where, "the checkpoint is no text")
        self.checkpoint = note
        text = verify_note(note, self.vkey)
        if text is None:
            self.problem("checkpoint.signature", where, "the checkpoint's signature is not that of the station's key")
            return
        body = checkpoint_body(text)
        header = self.header
        if body != (header["log"], header["size"], bytes.fromhex(header["root"])):
            self.problem("checkpoint.differs", where, "the checkpoint states another log, size or root than the export")
            return
        self.checkpoints = 1

    def take_consistency(self, value, where):
        if not has_shape(value, {"from": _is_count, "hashes": _is_hashes, "root": _is_digest}):
            raise Stop("export.structure", where, "the consistency proof cannot be read")
        header, root = self.header, bytes.fromhex(value["root"])
        hashes = [strict_base64(item) for item in value["hashes"]]
        if not check_consistency(value["from"], header["size"], hashes, root, bytes.fromhex(header["root"])):
            self.problem("audit.consistency", where, "the log did not grow from %d entries as stated" % value["from"])
        self.consistency[value["from"]] = value["root"]

    def take_entry(self, value, data, where):
        entry = value["entry"]
        if not has_shape(entry, ENTRY, ENTRY_MORE):
            raise Stop("export.structure", where, "the entry lacks a field or has one too many")
        seq, leaf = entry["seq"], leaf_hash(data)
        self.check_chain(entry, seq)
        self.previous = (seq, leaf)
        if self.is_whole:
            if "proof" in value:
                raise Stop("export.structure", where, "an export of the whole log holds no proofs of single entries")
            self.tree.append(leaf)
            self.remember_root()
        else:
            self.check_proof(value.get("proof"), seq, leaf)
        if self.tag_key is not None:
            self.check_tag(value.get("tag"), seq, leaf)
        self.count += 1
        if entry["act"] == "log.station-joined" and self.joined is None:
            self.joined = seq
        elif entry["act"] == "clock.anomaly":
            self.anomalies += 1
        if entry["act"] == "evidence.imported":
            self.imports[seq] = (entry["obj"], entry["actor"], entry["role"], entry["ts"])
        elif "custody-digest" in entry["obj"]:
            self.ledgers[seq] = (entry["obj"]["custody-digest"], entry["actor"], entry["role"], entry["ts"])

    def check_chain(self, entry, seq):
        """Number, link and log of an entry; the first break only, for what follows a break proves nothing."""
        if self.chain_broken:
            return
        where, before = "entry %d" % seq, self.previous
        found = None
        if entry["v"] != 1:
            found = ("audit.version", "unknown entry version")
        elif entry["log"] != self.header["log"]:
            found = ("audit.other-log", "the entry belongs to another log")
        elif self.is_whole and seq != self.count:
            found = ("audit.gap", "entry %d was expected here" % self.count)
        elif before is not None and seq <= before[0]:
            found = ("audit.sequence", "the entries are not in their order")
        elif seq >= self.header["size"]:
            found = ("audit.sequence", "the entry is younger than the checkpoint")
        elif seq == 0 and entry["prev"] != "0" * 64:
            found = ("audit.link", "the first entry follows one that there cannot be")
        elif before is not None and before[0] == seq - 1 and entry["prev"] != before[1].hex():
            found = ("audit.link", "the entry does not follow the entry before it")
        if found is not None:
            self.chain_broken = True
            self.problem(found[0], where, found[1])

    def remember_root(self):
        size = self.tree.size
        if size in self.consistency or (self.mark is not None and size == self.mark[0]):
            self.roots[size] = self.tree.root().hex()

    def check_proof(self, text, seq, leaf):
        proof = None if text is None else parse_proof(text)
        root = bytes.fromhex(self.header["root"])
        if (
            proof is None
            or proof[0] != seq
            or proof[2] != self.checkpoint
            or not check_inclusion(leaf, seq, self.header["size"], proof[1], root)
        ):
            self.problem("audit.inclusion", "entry %d" % seq, "its proof does not show that the log holds this entry")

    def check_tag(self, tag, seq, leaf):
        """tag_i = HMAC-SHA256(K_i, leaf_i); K_{i+1} = SHA-256("nexus-al/1 evolve\\0" ‖ K_i)."""
        if self.tag_broken or seq >= self.header["firstKey"].get("to", 0) or seq < self.tag_at:
            return
        while self.tag_at < seq:
            self.tag_key = sha256(EVOLVE + self.tag_key)
            self.tag_at += 1
        if tag is None or not hmac.compare_digest(hmac.digest(self.tag_key, leaf, "sha256").hex(), tag):
            self.tag_broken = True
            self.problem("audit.tag", "entry %d" % seq, "its tag was not made with the key of its time")
            return
        self.tags_checked += 1

    def end_entries(self):
        header = self.header
        if self.count != header["entries"]:
            self.problem("export.count", "entries", "the export does not hold as many entries as it states")
        if not self.is_whole:
            if self.mark is not None and self.mark[0] <= header["size"]:
                self.check_partial_mark()
            return
        if self.tree.size != header["size"] or self.tree.root().hex() != header["root"]:
            self.problem("audit.root", "entries", "the entries do not give the root that the checkpoint signs")
        # The first key ends where the log says that another station went on: not where a forger wants it to.
        to = header["firstKey"].get("to", header["size"])
        if header["firstKey"] and to != (header["size"] if self.joined is None else self.joined):
            self.problem("audit.station", "entry %d" % to, "the entries say that the first key ends elsewhere")
        for size, root in self.consistency.items():
            if self.roots.get(size) != root:
                self.problem("audit.consistency", "size %d" % size, "the entries give another root for this size")
        if self.mark is not None and self.mark[0] <= header["size"]:
            computed = self.roots.get(self.mark[0]) if self.mark[0] else sha256(b"").hex()
            if computed != self.mark[1]:
                self.problem("store.forked", "size %d" % self.mark[0], "the entries give another root than the mark")

    def check_partial_mark(self):
        size, root = self.mark
        stated = self.header["root"] if size == self.header["size"] else self.consistency.get(size)
        if stated is None:
            self.problem(
                "export.mark-unproved", "size %d" % size, "this export holds no proof from the mark: ask for one"
            )
        elif stated != root:
            self.problem("store.forked", "size %d" % size, "the log had another root at this size than the mark")

    def take_evidence(self, value, where):
        if not has_shape(value, EVIDENCE):
            raise Stop("export.structure", where, "the line on an original cannot be read")
        found = self.imports.get(value["entry"])
        obj = found[0] if found is not None else {}
        said = "original %s" % value["source"]
        if not all(_is_same(obj.get(name), value[name]) for name in ("source", "name", "sha256", "bytes", "case")):
            self.problem("evidence.unlogged", said, "the log does not record it so")
        elif value["entry"] in self.listed:
            self.problem("evidence.unlogged", said, "the import that it names is listed already")
        self.listed.add(value["entry"])
        self.evidence.append(value)

    def end_evidence(self):
        for seq in sorted(self.imports):
            if seq not in self.listed:
                self.problem("evidence.removed", "entry %d" % seq, "the original that it records is not listed")

    def take_custody(self, value, where):
        if not has_shape(value, CUSTODY, {"found": _is_digest}):
            raise Stop("export.structure", where, "the line on custody cannot be read")
        said = "custody %d" % value["seq"]
        if value["agrees"] != (value.get("found") == value["expected"]) and value["kind"] != "transfer":
            self.problem("custody.differs", said, "it says of two digests what they are not")
        if not value["agrees"]:
            self.problem("custody.mismatch", said, "the original was found to differ from the one imported")
        record = self.imports.get(value["entry"]) if value["kind"] == "ingest" else self.ledgers.get(value["entry"])
        is_its = record is not None and record[1:3] == (value["actor"], value["role"])
        if value["kind"] == "ingest":
            if not is_its or not self.is_import(value, record[0], record[3]):
                self.problem("custody.unlogged", said, "the log does not record it so")
            elif value["entry"] in self.ingested:
                self.problem("custody.unlogged", said, "the import that it names has its line already")
            self.ingested.add(value["entry"])
            return
        if not is_its:
            self.problem("custody.unlogged", said, "the log does not record it so")
            return
        bare = {name: item for name, item in value.items() if name != "entry"}
        self.ledger.setdefault(value["entry"], hashlib.sha256()).update(canonical(bare).encode() + b"\n")

    @staticmethod
    def is_import(line, obj, ts):
        """Whether a line of the ledger says of an import what its entry says, and nothing besides."""
        return (
            all(_is_same(obj.get(name), line[name]) for name in ("source", "name", "case"))
            and _is_same(obj.get("sha256"), line["expected"])
            and ts == line["at"]
            and (line["purpose"], line["recipient"], line["receipt"]) == ("import", "", "")
        )

    def end_custody(self):
        lacking = []
        for seq in sorted(self.ledgers):
            made = self.ledger.get(seq)
            if self.ledgers[seq][0] != "sha256:" + (made or hashlib.sha256()).hexdigest():
                lacking.append(seq)
        lacking += [seq for seq in sorted(self.imports) if seq not in self.ingested]
        for seq in lacking:
            self.problem("custody.unlogged", "entry %d" % seq, "the ledger does not hold what the entry records")

    def take_certificate(self, value, where):
        if not _is_text(value):
            raise Stop("export.structure", where, "the certificate is no text")

    def take_manifest(self, value, where):
        parts = [
            {"lines": lines, "name": name, "sha256": digest.hexdigest()}
            for name, (lines, digest) in self.digests.items()
        ]
        if not has_shape(value, {"parts": lambda parts: type(parts) is list}):
            raise Stop("export.structure", where, "the manifest cannot be read")
        if len(value["parts"]) != len(parts):
            raise Stop("export.structure", where, "the manifest does not list each part")
        for stated, made in zip(value["parts"], parts):
            if stated != made or type(stated["lines"]) is not int:
                self.problem("export.part", made["name"], "this part is not the one that was written")

    def take_seal(self, note, where):
        self.sealed = True
        text = verify_note(note, self.vkey) if _is_text(note) else None
        if text is None:
            self.problem("export.seal", where, "the seal's signature is not that of the station's key")
        elif text != "nexus-audit-export/1\n%s\nsha256 %s\n" % (self.header["log"], self.whole.hexdigest()):
            self.problem("export.seal", where, "the seal is that of other bytes")

    def end(self):
        if not self.sealed:
            raise Stop("export.structure", "line %d" % (self.line + 1), "the file ends before its seal")
        to = self.header["firstKey"].get("to", 0)
        if to == 0:
            self.notes.append("the log's entries carry no tags that a first key could check")
        elif self.tag_key is None:
            self.notes.append("tags were not checked: that needs the first key (--first-key)")
        else:
            self.notes.append("%d tags checked with the first key" % self.tags_checked)
        if 0 < to < self.header["size"]:
            self.notes.append("entries from %d on were written by another station: no first key checks their tags" % to)
        if not self.is_whole:
            self.notes.append("an export of a part of the log does not show that nothing was left out")
        if self.anomalies:
            self.notes.append("%d entries say that the station's clock was in doubt (clock.anomaly)" % self.anomalies)


# --- Originals -----------------------------------------------------------------------------------------------------


def file_digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def compare_originals(export, folder):
    """Each listed original against the folder's files: by digest, and where none has it, by name."""
    by_digest, by_name = set(), {}
    for base, _, files in os.walk(folder):
        for name in sorted(files):
            path = os.path.join(base, name)
            # What is no file of its own (a link, a pipe) is not read: it may lead anywhere, or never end.
            if os.path.islink(path) or not os.path.isfile(path):
                continue
            digest = file_digest(path)
            by_digest.add(digest)
            by_name.setdefault(name, []).append(digest)
    mismatched, absent = [], 0
    for item in export.evidence:
        if item["sha256"] in by_digest:
            continue
        if item["name"] in by_name:
            mismatched.append(item["name"])
            export.problem("evidence.digest", item["name"], "the file is not the original that was imported")
        else:
            absent += 1
    if absent:
        export.notes.append("%d originals are not in the folder and were not compared" % absent)
    return mismatched


# --- Command -------------------------------------------------------------------------------------------------------


def judge(path, key=None, first_key=None, mark=None, evidence=None):
    export = Export(key, first_key, mark)
    mismatched = []
    try:
        with open(path, "rb") as file:
            for raw in iter(lambda: file.readline(MAX_LINE_BYTES + 1), b""):
                export.take(raw)
        export.end()
        if evidence is None:
            export.notes.append("no originals were compared: that needs their folder (--evidence)")
        else:
            mismatched = compare_originals(export, evidence)
    except Stop as stop:
        export.problem(stop.code, stop.where, stop.message)
    header = export.header
    return {
        "ok": not export.problems,
        "entries": 0 if header is None else header["size"],
        "root": "" if header is None else header["root"],
        "checkpoints": export.checkpoints,
        "unwitnessed": 0 if header is None else header["size"],
        "evidence": {"files": len(export.evidence), "mismatched": mismatched},
        "problems": export.problems,
        "export": {
            "entries": export.count,
            "scope": "" if header is None else canonical(header["scope"]),
            "key": "" if header is None else header["vkey"],
            "notes": export.notes,
        },
    }


def one_line(text):
    """Text of a file as it may stand in one line: what ends a line, commands a terminal or turns the direction as its number."""
    return "".join(
        char if char.isprintable() else "\\u%04x" % ord(char) if ord(char) < 0x10000 else "\\u{%x}" % ord(char)
        for char in text
    )


def report(verdict):
    shown = verdict["export"]
    lines = [
        "Everything that was checked holds." if verdict["ok"] else "INTEGRITY FAILURE",
        "the log has %d entries, root %s" % (verdict["entries"], verdict["root"] or "not readable"),
        "this export holds %d of them (scope %s)" % (shown["entries"], shown["scope"]),
        "signed with %s" % shown["key"],
        "originals listed %d, mismatched %d" % (verdict["evidence"]["files"], len(verdict["evidence"]["mismatched"])),
        "unwitnessed entries %d: nobody outside the workspace has countersigned them" % verdict["unwitnessed"],
    ]
    lines += ["not checked or noted: " + note for note in shown["notes"]]
    lines += ["%(code)s at %(where)s: %(message)s" % problem for problem in verdict["problems"]]
    return "\n".join(one_line(line) for line in lines)


def parse_mark(text):
    match = re.fullmatch("([0-9]{1,15}):([0-9a-f]{64})", text)
    if match is None:
        raise ValueError("--mark: give SIZE:ROOT, the root as 64 lower-case hexadecimal digits")
    return int(match.group(1)), match.group(2)


def parse_first_key(text):
    if not HEX64.fullmatch(text):
        raise ValueError("--first-key: give 64 lower-case hexadecimal digits")
    return bytes.fromhex(text)


def main(arguments):
    parser = argparse.ArgumentParser(description="Verifies an exported NEXUS audit log (NEXUS-AX/1).")
    parser.add_argument("export", nargs="?", help="the file *.nexus-audit")
    parser.add_argument("--key", help="the station's key as it was told by another way (name+hash+base64)")
    parser.add_argument("--first-key", help="K_0 of the recovery kit, 64 hexadecimal digits: checks the tags")
    parser.add_argument("--mark", help="SIZE:ROOT as a printed report states it")
    parser.add_argument("--evidence", help="a folder with the originals, to be compared with their digests")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--self-test",
        nargs="*",
        metavar="PATH",
        help="test this verifier: RFC 8032 always, a folder of RFC 6962 probes and nexus-al1-vectors.json where named",
    )
    given = parser.parse_args(arguments)
    if given.self_test is not None:
        return self_test(given.self_test)
    try:
        if given.export is None or not os.path.isfile(given.export):
            raise ValueError("name the export: a file *.nexus-audit")
        if given.evidence is not None and not os.path.isdir(given.evidence):
            raise ValueError("--evidence: there is no such folder")
        if given.key is not None:
            VerifierKey(given.key)
        first_key = None if given.first_key is None else parse_first_key(given.first_key)
        mark = None if given.mark is None else parse_mark(given.mark)
    except ValueError as error:
        print("nexus_verify: %s" % error, file=sys.stderr)
        return EXIT_USAGE
    try:
        verdict = judge(given.export, given.key, first_key, mark, given.evidence)
    except OSError as error:
        unread = one_line("%s: %s" % (error.filename or given.export, error.strerror))
        print("nexus_verify: cannot read %s" % unread, file=sys.stderr)
        return EXIT_USAGE
    # A screen that cannot show a letter shows its number.
    sys.stdout.reconfigure(errors="backslashreplace")
    print(json.dumps(verdict) if given.json else report(verdict))
    return EXIT_OK if verdict["ok"] else EXIT_INTEGRITY


# --- Self-test -----------------------------------------------------------------------------------------------------

# RFC 8032 section 7.1, tests 1, 2, 3, 1024 bytes left out, SHA(abc): secret, public, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


class Failed(Exception):
    """A self-test found this verifier wrong."""


def expect(held, what):
    if not held:
        raise Failed(what)


def test_rfc_8032():
    done = 0
    for secret, public, message, signature in RFC_8032:
        secret, public, message, signature = map(bytes.fromhex, (secret, public, message, signature))
        expect(ed25519_sign(secret, message) == (public, signature), "RFC 8032 signature")
        expect(ed25519_verify(public, message, signature), "RFC 8032 verification")
        expect(not ed25519_verify(public, message + b"x", signature), "RFC 8032 another message")
        high = signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
        expect(not ed25519_verify(public, message, high), "RFC 8032 a second spelling of S")
        for byte in range(64):
            wrong = bytearray(signature)
            wrong[byte] ^= 1 << (byte % 8)
            expect(not ed25519_verify(public, message, bytes(wrong)), "RFC 8032 a flipped bit")
        done += 1
    return done


def test_probes(folder):
    """Probes of transparency-dev: each says whether its proof must be refused."""
    done = {"inclusion": 0, "consistency": 0}
    for base, _, files in sorted(os.walk(folder)):
        for name in sorted(files):
            if not name.endswith(".json"):
                continue
            with open(os.path.join(base, name), encoding="utf-8") as file:
                probe = json.load(file)
            proof = [base64.b64decode(item) for item in probe.get("proof") or []]
            kinds = os.path.relpath(base, folder).split(os.sep)
            if "inclusion" in kinds:
                kind = "inclusion"
                held = check_inclusion(
                    base64.b64decode(probe.get("leafHash") or ""),
                    probe.get("leafIdx", 0),
                    probe.get("treeSize", 0),
                    proof,
                    base64.b64decode(probe.get("root") or ""),
                )
            elif "consistency" in kinds:
                kind = "consistency"
                held = check_consistency(
                    probe.get("size1", 0),
                    probe.get("size2", 0),
                    proof,
                    base64.b64decode(probe.get("root1") or ""),
                    base64.b64decode(probe.get("root2") or ""),
                )
            else:
                continue
            expect(held == (not probe["wantErr"]), "probe %s/%s" % (base, name))
            done[kind] += 1
    expect(all(done.values()), "no probes below %s" % folder)
    return done


def test_vectors(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)
    key = bytes.fromhex(vectors["K0"])
    tree, leaves = Tree(), []
    for item in vectors["entries"]:
        data = item["canonical"].encode()
        expect(canonical(json.loads(item["canonical"])) == item["canonical"], "vector text")
        leaf = leaf_hash(data)
        leaves.append(leaf)
        tree.append(leaf)
        expect(leaf.hex() == item["leafHash"], "vector leaf")
        expect(hmac.digest(key, leaf, "sha256").hex() == item["tag"], "vector tag")
        expect(tree.root().hex() == item["root"], "vector root")
        key = sha256(EVOLVE + key)
    vkey = VerifierKey(vectors["vkey"])
    body = checkpoint_body(verify_note(vectors["checkpoint"], vkey) or "")
    expect(body is not None and body[1:] == (tree.size, tree.root()), "vector checkpoint")
    one = Tree()
    one.append(leaves[0])
    proof = [bytes.fromhex(item) for item in vectors["consistency_1_3"]]
    expect(check_consistency(1, 3, proof, one.root(), tree.root()), "vector consistency")
    proof = [bytes.fromhex(item) for item in vectors["inclusion_1_of_3"]]
    expect(check_inclusion(leaves[1], 1, 3, proof, tree.root()), "vector inclusion")
    return len(leaves)


def self_test(paths):
    try:
        print("RFC 8032: %d vectors hold" % test_rfc_8032())
        for path in paths:
            if os.path.isdir(path):
                done = test_probes(path)
                print("RFC 6962: %(inclusion)d inclusion and %(consistency)d consistency probes hold" % done)
            else:
                print("NEXUS-AL/1: %d entries of the vectors hold" % test_vectors(path))
    except (Failed, OSError, KeyError, ValueError) as error:
        print("SELF-TEST FAILED: %s" % error)
        return EXIT_INTEGRITY
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
