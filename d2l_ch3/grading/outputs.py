"""The outputs of a cell as they go into the graded notebook: taken apart, measured, and put together anew.

They come from the student's process and may be anything. What looks like the report of
a check is dropped: only the grader writes those.
"""

import json
from typing import Any

from d2l_ch3.checks.report import MIME_TYPE
from d2l_ch3.language import Text

MAX_OUTPUTS = 500  # of one cell
_DROPPED = {MIME_TYPE, "application/javascript"}
_CUT = Text("……（输出太长，后面的没有保留）\n", "… (too much output: the rest was not kept)\n")


class Outputs:
    """Collects the outputs of one cell, at most `limit` bytes of them."""

    def __init__(self, limit: int) -> None:
        self._limit, self._left = limit, limit
        self._outputs: list[dict[str, Any]] = []
        self._ids: dict[str, dict[str, Any]] = {}
        self.cut = False

    def add(self, message: Any) -> None:
        """Take one output; what is not well-formed is dropped."""
        if not isinstance(message, dict):
            return
        if message.get("output_type") == "clear":
            self._outputs, self._ids, self._left = [], {}, self._limit
            return
        output = _well_formed(message)
        if output is None:
            return
        size = len(json.dumps(output))
        if size > self._left or len(self._outputs) >= MAX_OUTPUTS:
            if output["output_type"] == "stream" and not self.cut:
                self._append({**output, "text": output["text"][:self._left]})
            self._left, self.cut = 0, True
            return
        self._left -= size
        name = message.get("id")
        if message.get("update"):
            if isinstance(name, str) and name in self._ids:
                self._ids[name].update(data=output["data"], metadata=output["metadata"])
            return
        if isinstance(name, str):
            self._ids[name] = output
        self._append(output)

    def _append(self, output: dict[str, Any]) -> None:
        last = self._outputs[-1] if self._outputs else {}
        if output["output_type"] == last.get("output_type") == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            self._outputs.append(output)

    def list(self) -> list[dict[str, Any]]:
        """All of them."""
        cut = [{"output_type": "stream", "name": "stdout", "text": str(_CUT)}] if self.cut else []
        return [*self._outputs, *cut]


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
                "traceback": [str(line) for line in message["traceback"]]}
    if kind in ("display_data", "execute_result") and isinstance(data, dict):
        kept = {key: value for key, value in data.items()
                if key not in _DROPPED and "/" in key and (isinstance(value, str) or key.endswith("json"))}
        count = {"execution_count": _count(message)} if kind == "execute_result" else {}
        metadata = message.get("metadata")
        return {"output_type": kind, "data": kept, "metadata": metadata if isinstance(metadata, dict) else {}, **count}
    return None


def _count(message: dict[str, Any]) -> int | None:
    count = message.get("execution_count")
    return count if type(count) is int and 0 < count < 1_000_000 else None
