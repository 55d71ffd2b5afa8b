"""The outputs of a cell as they go into the graded notebook: taken apart, measured, and put together anew.

They come from the student's process and may be anything. Only kinds that can be shown
are kept, and the report of a check is none of them: the grader alone writes those.
"""

import json
from typing import Any

from d2l_ch3.grading import harmless
from d2l_ch3.language import Text

MAX_OUTPUTS = 500  # of one cell
TAG = 20  # bytes as which a tag counts besides its own, since each takes time to be looked at
_CUT = Text("……（输出太长，后面的没有保留）\n", "… (too much output: the rest was not kept)\n")


class Room:
    """How much of something there may still be."""

    def __init__(self, size: int) -> None:
        self.left = size

    def take(self, most: int) -> int:
        """As much of it as there is, `most` at most."""
        taken = min(most, self.left)
        self.left -= taken
        return taken


class Outputs:
    """Collects the outputs of one cell, at most `limit` bytes of them, and no more than there is room for.

    They are measured when they come, and made harmless when the cell is done: that takes longer.
    """

    def __init__(self, limit: int, room: Room | None = None) -> None:
        self._room = room or Room(limit)
        self._limit, self._left = limit, limit
        self._outputs: list[dict[str, Any]] = []
        self._ids: dict[str, dict[str, Any]] = {}
        self.cut = self._clear_next = False

    def add(self, message: Any) -> None:
        """Take one output; what is not well-formed is dropped."""
        if not isinstance(message, dict):
            return
        if message.get("output_type") == "clear":
            if message.get("wait"):
                self._clear_next = True
            else:
                self._clear()
            return
        output = _well_formed(message)
        if output is None:
            return
        if self._clear_next:
            self._clear()
        text = json.dumps(output, ensure_ascii=False).encode("utf-8", "replace")  # half a surrogate pair is no text
        output = json.loads(text)
        if self._fits(output, len(text)):
            self._place(output, message)

    def _clear(self) -> None:
        self._outputs, self._ids, self._left, self._clear_next = [], {}, self._limit, False

    def _fits(self, output: dict[str, Any], size: int) -> bool:
        """Whether there is room for it. Of a text there is room for the beginning; of an error there always is."""
        size += sum(TAG * text.count("<") for text in output.get("data", {}).values())
        if size <= min(self._left, self._room.left) and len(self._outputs) < MAX_OUTPUTS:
            self._left -= self._room.take(size)
            return True
        if output["output_type"] == "stream" and not self.cut:
            self._append({**output, "text": output["text"][:self._room.take(self._left)]})
        first_error = output["output_type"] == "error" and all(each["output_type"] != "error" for each in self._outputs)
        self._left, self.cut = 0, True
        return first_error

    def _place(self, output: dict[str, Any], message: dict[str, Any]) -> None:
        """Put it in its place: the end, or that of a display that it updates."""
        name = message.get("id")
        if not isinstance(name, str):
            self._append(output)
        elif not message.get("update"):
            self._ids[name] = output
            self._append(output)
        elif name in self._ids:
            self._ids[name].update(data=output["data"], metadata=output["metadata"])

    def _append(self, output: dict[str, Any]) -> None:
        last = self._outputs[-1] if self._outputs else {}
        if output["output_type"] == last.get("output_type") == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            self._outputs.append(output)

    def list(self) -> list[dict[str, Any]]:
        """All of them."""
        cut = [{"output_type": "stream", "name": "stdout", "text": str(_CUT)}] if self.cut else []
        return [*({**output, "data": harmless.display(output["data"])} if "data" in output else output
                  for output in self._outputs), *cut]


def error(name: str, message: str) -> dict[str, Any]:
    """An error that the grader reports in a cell."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}


def _well_formed(message: dict[str, Any]) -> dict[str, Any] | None:
    kind, data = message.get("output_type"), message.get("data")
    if kind == "stream" and message.get("name") in ("stdout", "stderr") and isinstance(message.get("text"), str):
        return {"output_type": kind, "name": message["name"], "text": message["text"]}
    if kind == "error" and isinstance(message.get("traceback"), list):
        return {"output_type": kind, "ename": str(message.get("ename"))[:1000],
                "evalue": str(message.get("evalue"))[:10_000],
                "traceback": [str(line)[:10_000] for line in message["traceback"][:200]]}
    if kind in ("display_data", "execute_result") and isinstance(data, dict):
        kept = harmless.shown(data)
        count = {"execution_count": _count(message)} if kind == "execute_result" else {}
        return {"output_type": kind, "data": kept, "metadata": {}, **count}
    return None


def _count(message: dict[str, Any]) -> int | None:
    count = message.get("execution_count")
    return count if type(count) is int and 0 < count < 1_000_000 else None
