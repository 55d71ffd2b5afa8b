"""What the grader and a student's process say to each other: frames of JSON and tensors, never pickle.

A frame is two lengths (4 bytes each, big-endian), a JSON object, and a block of
safetensors (https://huggingface.co/docs/safetensors), which holds numbers and no code. Whatever comes from the
student's side is measured before it is read and looked through before it is used.
"""

import json
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

MAX_TEXT = 10_000  # characters of one string in evidence
MAX_VALUES = 20_000  # values in one piece of evidence
MAX_STRUCTURE = 4 << 20  # bytes of JSON in one message: few bytes can be many objects
MAX_HEADER = 1 << 20  # bytes of a block that describe its tensors
WATCH = 0.1  # seconds between two looks at what else there is to see to
SEND_TIME = 60  # seconds that the other side may take to read what is sent
_LENGTHS = struct.Struct("!II")


class Malformed(Exception):
    """A message that no honest process would send."""


class TooLarge(Exception):
    """A message that the other side would not take."""


class Closed(Exception):
    """The other side is gone."""


class Channel:
    """Frames over a stream socket. One that comes in has at most `limit` bytes, `text_limit` of them JSON."""

    def __init__(self, connection: socket.socket, limit: int, text_limit: int | None = None) -> None:
        self.connection, self.limit, self.text_limit = connection, limit, text_limit or limit
        self._buffer = bytearray()

    def send(self, message: dict[str, Any], block: bytes = b"", most: int | None = None,
             meanwhile: Callable[[], None] = lambda: None) -> None:
        """Send one frame, and do something again and again until all of it is taken.

        Raises Closed; and TooLarge, before anything is sent, if it has more JSON than `most`.
        """
        text = json.dumps(message).encode()
        if most is not None and len(text) > most:
            raise TooLarge(f"a message of {len(text)} bytes")
        left = memoryview(_LENGTHS.pack(len(text), len(block)) + text + block)
        end = time.monotonic() + SEND_TIME
        try:
            self.connection.settimeout(WATCH)
            while left:
                try:
                    left = left[self.connection.send(left):]
                except TimeoutError:
                    meanwhile()
                    if time.monotonic() > end:
                        raise
        except OSError as error:
            raise Closed from error

    def receive(self, until: float | None = None) -> tuple[dict[str, Any], bytes] | None:
        """The next frame; None if none is complete when the clock (`time.monotonic`) shows `until`.

        Raises Closed or Malformed.
        """
        size = _LENGTHS.size
        if not self._fill(size, until):
            return None
        text_length, block_length = _LENGTHS.unpack_from(self._buffer)
        if text_length > self.text_limit or text_length + block_length > self.limit:
            raise Malformed(f"a message of {text_length + block_length} bytes")
        if not self._fill(size + text_length + block_length, until):
            return None
        text, block = self._buffer[size:size + text_length], self._buffer[size + text_length:][:block_length]
        del self._buffer[:size + text_length + block_length]
        try:
            message = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Malformed("a message that is not JSON") from error
        if not isinstance(message, dict):
            raise Malformed("a message that is not an object")
        return message, bytes(block)

    def _fill(self, length: int, until: float | None) -> bool:
        while len(self._buffer) < length:
            remaining = None if until is None else until - time.monotonic()
            if remaining is not None and remaining <= 0:
                return False
            try:
                self.connection.settimeout(remaining)
                received = self.connection.recv(max(65536, min(length - len(self._buffer), 1 << 20)))
            except TimeoutError:
                return False
            except OSError as error:
                raise Closed from error
            if not received:
                raise Closed
            self._buffer += received
        return True


def pack(evidence: Any) -> tuple[Any, bytes]:
    """Plain evidence as JSON and a block of tensors. Raises ValueError for what is not plain.

    A tensor becomes ``{"tensor": key}`` or ``{"complex": key}``, a dict ``{"dict": …}``, a list a list.
    """
    import torch  # not for a course without it
    from safetensors.torch import save

    tensors: dict[str, torch.Tensor] = {}

    def packed(value: Any) -> Any:
        if isinstance(value, torch.Tensor):
            kind = "complex" if value.is_complex() else "tensor"
            value = torch.view_as_real(value.resolve_conj()) if kind == "complex" else value
            key = str(len(tensors))
            tensors[key] = value.resolve_neg().contiguous()
            return {kind: key}
        if isinstance(value, dict):
            return {"dict": {key: packed(item) for key, item in value.items()}}
        if isinstance(value, list | tuple):
            return [packed(item) for item in value]
        if value is None or type(value) in (bool, int, float, str):
            return value
        raise ValueError(f"{type(value).__name__} is not plain")

    structure = packed(evidence)
    return structure, save(tensors) if tensors else b""


def unpack(packed: Any, block: bytes) -> Any:
    """The evidence again. Raises Malformed if it is not what `pack` makes."""
    import torch
    from safetensors.torch import load

    if int.from_bytes(block[:8], "little") > MAX_HEADER:
        raise Malformed("too many tensors")
    try:
        tensors = load(block) if block else {}
    except Exception as error:
        raise Malformed("tensors that cannot be read") from error
    left = MAX_VALUES

    def value_of(item: Any) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Malformed("too many values")
        if item is None or type(item) in (bool, int, float):
            return item
        if type(item) is str:
            if len(item) > MAX_TEXT:
                raise Malformed("a text that is too long")
            return item
        if type(item) is list:
            return [value_of(each) for each in item]
        if type(item) is dict and len(item) == 1:
            (kind, content), = item.items()
            if kind == "dict" and type(content) is dict:
                return {value_of(key): value_of(each) for key, each in content.items()}
            if kind == "tensor" and content in tensors:
                return tensors[content]
            if kind == "complex" and content in tensors:
                return torch.view_as_complex(tensors[content])
        raise Malformed("a value of no known kind")

    try:
        return value_of(packed)
    except Malformed:
        raise
    except Exception as error:  # a tensor that is no complex number, a nesting without end
        raise Malformed("a value that cannot be read") from error
