"""Make the course's environment, once, and open JupyterLab on its start page: start.bat and start.sh run this.

What is written here works with any Python 3, so that one that is too old is told so.
"""

import hashlib
import os
import subprocess
import sys

LANGUAGE, WHEEL = "@EDITION@", "@WHEEL@"
WORDS = {
    "old": {"zh": "这是 Python {version}；需要 3.11 或更新的版本。请从 python.org 安装，再启动一次。",
            "en": "This is Python {version}; 3.11 or newer is needed. Install it from python.org, then start again."},
    "install": {"zh": "正在安装课程要用的软件。第一次要几分钟，之后几秒钟就开始。",
                "en": "Installing what the course needs. The first time takes some minutes; later it starts at once."},
    "venv": {"zh": "建不了 Python 环境，原因见上。在 Debian、Ubuntu 上：sudo apt install python3-venv，再启动一次。",
             "en": "A Python environment could not be made; the reason is above. On Debian and Ubuntu: "
                   "sudo apt install python3-venv, then start again."},
    "failed": {"zh": "没有装好，原因见上。看看网络和磁盘（大约要 2 GB），再启动一次。"
                     "测试过的是 Python 3.11 到 3.14；现在是 {version}。",
               "en": "The installation failed; the reason is above. Check the network and the disk (about 2 GB is "
                     "needed), then start again. Python 3.11 to 3.14 were tested; this is {version}."},
}
HERE = os.path.dirname(os.path.abspath(__file__))
STAMP = os.path.join(".venv", ".installed")
PYTHON = os.path.join(".venv", *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def main() -> int:
    """Install if something has changed, then be JupyterLab; returns the exit status."""
    os.chdir(HERE)
    if sys.version_info < (3, 11):  # noqa: UP036 (it tells those whose Python is too old)
        return say("old", 2)
    problem = None if read(STAMP) == wanted() else install()
    if problem:
        return say(problem, 2)
    command = [PYTHON, "-m", "d2l_ch3.cli", "lab", "--lang", LANGUAGE, *sys.argv[1:]]
    if os.name != "nt":
        os.execv(PYTHON, command)
    lab = subprocess.Popen(command)
    while True:
        try:
            return lab.wait()
        except KeyboardInterrupt:  # Ctrl-C is for JupyterLab, which asks
            pass


def install() -> "str | None":
    """Make the environment; returns what went wrong, or None."""
    say("install")
    if not works(PYTHON) and not run(sys.executable, "-m", "venv", "--clear", ".venv"):
        return "venv"
    # The second line takes a newer package of the same version, too.
    if not run(PYTHON, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt") or \
            not run(PYTHON, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", WHEEL):
        return "failed"
    with open(STAMP, "w") as file:
        file.write(wanted())
    return None


def wanted() -> str:
    """A hash of all that is to be installed."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", WHEEL):
        with open(name, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def read(path: str) -> str:
    """The text of a file; empty if there is none."""
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def works(python: str) -> bool:
    """Whether that Python is there and runs."""
    return os.path.exists(python) and run(python, "-c", "")


def run(*command: str) -> bool:
    """Run a command; returns whether it went well."""
    return subprocess.call(command) == 0


def say(what: str, status: int = 0) -> int:
    """Say something in the student's language, whatever the console can show; returns `status`."""
    words = WORDS[what][LANGUAGE].format(version=".".join(map(str, sys.version_info[:3]))) + "\n"
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(words.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
