"""Files are written whole or not at all, and what a killed process left beside them goes away."""

from pathlib import Path

import pytest

from d2l_ch3.files import write_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_makes_the_folder_and_keeps_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "reports" / "grades.csv"
    write_whole(path, "一\r\n", encoding="gbk")
    assert path.read_bytes() == "一\r\n".encode("gbk")
    assert names(path.parent) == ["grades.csv"]


def test_a_write_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    write_whole(path, "before")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "after")
    assert (path.read_text(), names(tmp_path)) == ("before", ["report.html"])


def stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_a_killed_process_left_beside_it_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "blocks.ipynb"
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", stop)
        killed.setattr(Path, "unlink", lambda *_, **__: None)  # it cannot clean up any more
        with pytest.raises(KeyboardInterrupt):
            write_whole(path, "half", mode=0o444)
    assert len(names(tmp_path)) == 1 and path.name not in names(tmp_path)
    write_whole(path, b"whole", mode=0o444)
    assert (path.read_text(), path.stat().st_mode & 0o777, names(tmp_path)) == ("whole", 0o444, ["blocks.ipynb"])


@pytest.mark.parametrize("name", ["a" * 255, "层" * 85, "a" * 251 + ".csv"])
def test_a_name_may_be_as_long_as_names_can_be(tmp_path: Path, name: str) -> None:
    write_whole(tmp_path / name, "beside a notebook")
    assert names(tmp_path) == [name]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("somebody else's")
    (tmp_path / ".grades.csv.new").symlink_to(other)
    write_whole(tmp_path / "grades.csv", "mine")
    assert (other.read_text(), names(tmp_path)) == ("somebody else's", ["grades.csv", "other"])
