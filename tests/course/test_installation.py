"""The check of the installation: all is well here; what is missing is named, with the mend."""

import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import d2l_ch3
from d2l_ch3 import installation
from d2l_ch3.cli import main
from d2l_ch3.language import LANGUAGES, speaking


def told(capsys: pytest.CaptureFixture[str], language: str = "en") -> list[str]:
    """What it prints, without what is there."""
    with speaking(language):
        d2l_ch3.check_installation()
    return [line for line in capsys.readouterr().out.splitlines() if not line.startswith("✓")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_here_all_is_well(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, language) == [{"zh": "一切就绪。", "en": "Everything is ready."}[language]]


def test_a_package_that_is_missing_or_too_old(monkeypatch: pytest.MonkeyPatch,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    def version(name: str) -> str:
        if name == "torch":
            raise PackageNotFoundError(name)
        return {"nbgrader": "0.8"}.get(name, "999")

    monkeypatch.setattr(installation, "version", version)
    *lines, python = told(capsys)
    mends = dict(zip(lines[::2], lines[1::2], strict=True))
    assert sorted(what.partition(">=")[0] for what in mends) == ["✗ nbgrader", "✗ torch"]
    for what, mend in mends.items():
        assert f"`%pip install \"{what.removeprefix('✗ ')}\"`" in mend
    assert sys.executable in python


def test_a_package_that_was_never_installed(monkeypatch: pytest.MonkeyPatch,
                                            capsys: pytest.CaptureFixture[str]) -> None:
    def requires(name: str) -> list[str]:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "requires", requires)
    what, mend, _ = told(capsys)
    assert what == "✗ d2l_ch3" and "make lab" in mend and "start.sh" in mend


@pytest.mark.parametrize("missing", [None, ImportError("no matplotlib")])
def test_no_chinese_font(missing: Exception | None, monkeypatch: pytest.MonkeyPatch,
                         capsys: pytest.CaptureFixture[str]) -> None:
    def chinese_font() -> None:
        if missing:
            raise missing

    monkeypatch.setattr("d2l_ch3.show.fonts.chinese_font", chinese_font)
    what, mend, _ = told(capsys)
    assert what == "✗ a font for the Chinese in pictures" and "`%pip install zhplot`" in mend


@pytest.mark.parametrize(("half", "name"), [("SERVER_EXTENSION", "nothing"), ("LAB_EXTENSION", "@nobody/nothing")])
def test_half_of_the_validate_button(half: str, name: str, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(installation, half, name)
    what, mend, _ = told(capsys)
    assert what == "✗ the Validate button" and "extension enable" in mend


def test_validate_switched_off_in_a_students_own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "jupyter_server_config.json").write_text(
        '{"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.validate_assignment": false}}}')
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path))
    what, _, _ = told(capsys)
    assert what == "✗ the Validate button"


def test_a_student_asks_the_doctor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                   capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Everything is ready." in told and "--course" in told and "namespace" not in told
    monkeypatch.setattr(installation, "LAB_EXTENSION", "@nobody/nothing")
    assert main(["doctor", "--lang", "en"]) == 1
