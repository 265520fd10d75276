"""The model file: reading, writing, and merging its parts. `src/model/container.rs` reads the same bytes.

Little-endian: magic `STNDPNT` + format version (8 bytes), u32 header length, header, zeros up to a multiple of 64,
payload (each tensor at a multiple of 64), SHA-256 of everything before it. The header is metadata, u32 count of
(u16 length + key, u32 length + value), then tensors, u32 count of (u16 length + name, u8 type, u8 rank,
u32 dimensions, u64 offset from the payload's start, u64 bytes).
"""
import hashlib
import struct
from pathlib import Path

import numpy as np

MAGIC = b"STNDPNT\x01"
TYPES = [np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.float32]


class Damaged(ValueError):
    """Not a model file, or not a whole one."""


def _aligned(n):
    return -n % 64


def write(meta, tensors):
    """Bytes of a model file. `meta`: str → str or number; `tensors`: name → array. Sorted by name, so that equal
    contents give equal bytes."""
    payload, table = bytearray(), struct.pack("<I", len(tensors))
    for name in sorted(tensors):
        array = np.ascontiguousarray(tensors[name])
        kind = next((i for i, t in enumerate(TYPES) if array.dtype == t), None)
        if kind is None:
            raise TypeError(f"{name}: {array.dtype} cannot be stored")
        payload += bytes(_aligned(len(payload)))
        raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
        encoded = name.encode()
        table += struct.pack("<H", len(encoded)) + encoded + struct.pack("<BB", kind, array.ndim)
        table += struct.pack(f"<{array.ndim}I", *array.shape) + struct.pack("<QQ", len(payload), len(raw))
        payload += raw
    header = struct.pack("<I", len(meta))
    for key in sorted(meta):
        k, v = key.encode(), str(meta[key]).encode()
        header += struct.pack("<H", len(k)) + k + struct.pack("<I", len(v)) + v
    header += table
    start = MAGIC + struct.pack("<I", len(header)) + header
    body = start + bytes(_aligned(len(start))) + bytes(payload)
    return body + hashlib.sha256(body).digest()


def read(blob):
    """(meta, tensors) of a model file's bytes."""
    if blob[:8] != MAGIC:
        raise Damaged("not a model file of format 1")
    body, digest = blob[:-32], blob[-32:]
    if hashlib.sha256(body).digest() != digest:
        raise Damaged("checksum does not match")
    at = 12
    size, = struct.unpack_from("<I", body, 8)
    start = 12 + size + _aligned(12 + size)

    def take(form):
        nonlocal at
        values = struct.unpack_from("<" + form, body, at)
        at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def text(form):
        nonlocal at
        n = take(form)
        at += n
        return body[at - n:at].decode()

    meta, tensors = {}, {}
    for _ in range(take("I")):
        key = text("H")
        meta[key] = text("I")
    for _ in range(take("I")):
        name = text("H")
        kind, rank = take("BB")
        shape = [take("I") for _ in range(rank)]
        offset, length = take("QQ")
        tensors[name] = np.frombuffer(body, TYPES[kind], length // TYPES[kind]().itemsize, start + offset).reshape(shape)
    return meta, tensors


def load(path):
    return read(Path(path).read_bytes())


def save(path, meta, tensors):
    Path(path).write_bytes(write(meta, tensors))


def merge(base, part, prefixes):
    """`base` with everything under `prefixes` (tensors and metadata keys) replaced by what `part` has there.
    Prefixes end in `/` for tensors; the metadata keys of `encoder/` begin with `encoder.`."""
    (meta, tensors), (new_meta, new_tensors) = base, part
    dotted = tuple(p.rstrip("/") + "." for p in prefixes)
    plain = {k for k in new_meta if "." not in k}  # name, version, licence, data, …
    keep = {k: v for k, v in meta.items() if not k.startswith(dotted) and k not in plain}
    keep_tensors = {k: v for k, v in tensors.items() if not k.startswith(tuple(prefixes))}
    keep.update({k: v for k, v in new_meta.items() if k.startswith(dotted) or k in plain})
    keep_tensors.update({k: v for k, v in new_tensors.items() if k.startswith(tuple(prefixes))})
    return keep, keep_tensors


CLIPS = (1.0, 0.93, 0.86, 0.8, 0.74)  # shares of a group's peak that int4 is tried with: clipping a little lowers the squared error


def pack4(values, group=32):
    """int4 in groups along the last axis: (codes u8, two a byte, low nibble first, nibble = code + 8;
    scales, f16 bits as u16). Rows × columns, columns a multiple of `group`."""
    values = np.asarray(values, np.float32)
    rows, columns = values.shape
    if columns % group or columns % 2:
        raise ValueError(f"{columns} columns do not divide into groups of {group}")
    x = values.reshape(rows, columns // group, group)
    peak = np.abs(x).max(-1, keepdims=True)
    best_error, best = None, None
    for clip in CLIPS:
        scale = np.maximum(peak * clip / 7, 1e-7).astype(np.float16).astype(np.float32)
        scale = np.maximum(scale, 6e-8)
        codes = np.clip(np.round(x / scale), -8, 7)
        error = ((codes * scale - x) ** 2).sum(-1, keepdims=True)
        if best is None:
            best_error, best = error, [codes, scale]
        else:
            better = error < best_error
            best_error = np.where(better, error, best_error)
            best = [np.where(better, codes, best[0]), np.where(better, scale, best[1])]
    codes = (best[0].reshape(rows, columns) + 8).astype(np.uint8)
    return codes[:, 0::2] | (codes[:, 1::2] << 4), best[1][..., 0].astype(np.float16).view(np.uint16)


def unpack4(packed, scales):
    codes = np.empty((packed.shape[0], packed.shape[1] * 2), np.float32)
    codes[:, 0::2], codes[:, 1::2] = (packed & 15).astype(np.float32) - 8, (packed >> 4).astype(np.float32) - 8
    scale = scales.view(np.float16).astype(np.float32)
    return (codes.reshape(len(codes), scale.shape[1], -1) * scale[..., None]).reshape(codes.shape)


def pack8(values):
    """int8 a row: (codes i8, scales f32). value = code × scale of its row."""
    values = np.asarray(values, np.float32)
    scale = np.maximum(np.abs(values).max(-1), 1e-9).astype(np.float32) / np.float32(127)
    return np.clip(np.round(values / scale[:, None]), -127, 127).astype(np.int8), scale
