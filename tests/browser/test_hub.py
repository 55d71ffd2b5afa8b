"""docs/hub.md, typed in from top to bottom on a machine that is new: a JupyterHub, an instructor, two students."""

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server

import nbformat
import pytest
from playwright.sync_api import Page, expect

from d2l_ch3 import checks
from d2l_ch3.grading.doctor import attempts
from d2l_ch3.grading.doctor.attempts import CONTAINER
from d2l_ch3.notebooks.cells import grade_id
from tests.browser.formgrader import press, row
from tests.users import Machine
from tools import bank
from tools.build import ROOT

ASSIGNMENT, FIRST, SECOND = "ps1-blocks", "s01", "s02"
POINTS = {name: bank.answers(name)[0].points for name in checks.EXERCISES[ASSIGNMENT]}
SOLUTION = re.compile("^ *### (?:BEGIN|END) SOLUTION\n", re.MULTILINE)
WRONG = next(one for one in bank.answers("parallel-block") if not one.right)
BLOCK = re.compile(r"^```(\w+)\n# (.+)\n((?:.*\n)*?)```$", re.MULTILINE)
PROXY = re.compile(r"configurable-http-proxy@\S+")

Shot = Callable[[Page, str], Path]


def blocks(page: str) -> list[tuple[str, str, str]]:
    """What is to be typed: its language, who types it or where it goes, and the text."""
    return BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8"))


def ports(count: int) -> list[int]:
    """Ports that are free."""
    servers = [create_server(("127.0.0.1", 0)) for _ in range(count)]
    numbers = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    return numbers


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the proxy in the version that the page names."""
    folder = tmp_path_factory.mktemp("proxy")
    (what,) = PROXY.findall("".join(text for _, _, text in blocks("hub.md")))
    assert shutil.which("npm"), "this test needs npm: apt-get install npm"
    done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", folder, what], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, f"npm could not install {what}:\n{done.stderr}"
    return folder


@pytest.fixture
def machine(proxy: Path, tmp_path: Path) -> Iterator[Machine]:
    running = Machine([proxy], tmp_path)
    try:
        yield running
    finally:
        running.stop()


def installed(proxy: Path) -> dict[str, str]:
    """What is done instead of what would load packages: they are here already, in the tested versions."""
    hidden = " ".join(f"--exclude=./{name}" for name in (".git", ".venv", ".venv-latest", "lab", "hand-out"))
    return {
        "apt-get": "true",
        "npm install": f"ln -s {proxy} /opt/proxy",
        "runuser": "runuser -u instructor -- mkdir /home/instructor/d2l_ch3\n"
                   f"tar -C {ROOT} {hidden} -c . | tar -C /home/instructor/d2l_ch3 --no-same-owner -x\n"
                   "chown -R instructor: /home/instructor/d2l_ch3",
        "python3 -m venv": f"mkdir /opt/hub && mount --bind {sys.prefix} /opt/hub",
        "/opt/hub/bin/pip": "true"}


def by_root(program: str, instead: dict[str, str]) -> str:
    """A block of root's, without what would load packages."""
    return "\n".join(next((done for what, done in instead.items() if line.startswith(what)), line)
                     for line in program.splitlines())


def answer(machine: Machine, student: str, **other: str) -> None:
    """Answer all, as the student, in what was fetched: as the source does, or otherwise where something is given."""
    source = nbformat.read(ROOT / "source" / ASSIGNMENT / "blocks.ipynb", as_version=4)
    given = {grade_id(cell): SOLUTION.sub("", cell.source) for cell in source.cells
             if cell.metadata.get("nbgrader", {}).get("solution")}
    given |= {name.replace("_", "-"): cell for name, cell in other.items()}
    path = f"/home/{student}/{ASSIGNMENT}/blocks.ipynb"
    notebook = nbformat.reads(machine.run(f"cat {path}", student), 4)
    for cell in notebook.cells:
        cell.source = given.get(grade_id(cell), cell.source)
    machine.run(f"cat > {path} <<'THE END'\n{nbformat.writes(notebook)}\nTHE END", student)


def scores(machine: Machine, student: str) -> dict[str, float]:
    """The automatic scores in the course's gradebook."""
    said = machine.run(f"""cd ~/course
python3 - <<'THE END'
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db", "d2l_ch3") as gradebook:
    for grade in gradebook.find_submission_notebook("blocks", "{ASSIGNMENT}", "{student}").grades:
        print("score", grade.name, grade.auto_score)
THE END""", "instructor")
    return {name: float(score) for name, score in re.findall("^score test-(\\S+) ([0-9.]+)$", said, re.MULTILINE)}


def log_in(page: Page, address: str, machine: Machine, user: str) -> None:
    """Log in with the password that the account was given, and wait for one's JupyterLab."""
    passwords = dict(line.split(":") for line in machine.run("cat /srv/jupyterhub/passwords").split())
    page.context.clear_cookies()
    page.goto(f"{address}/hub/login?next=%2Fhub%2Fspawn")
    page.get_by_label("Username").fill(user)
    page.get_by_label("Password").fill(passwords[user])
    page.locator("#login_submit").click()
    page.wait_for_url(f"{address}/user/{user}/lab*")


def menu(page: Page) -> list[str]:
    """What the menu Nbgrader of a JupyterLab offers."""
    page.locator(".lm-MenuBar-item", has_text="Nbgrader").click()
    return page.locator(".lm-Menu-itemLabel:visible").all_inner_texts()


def test_both_pages_have_the_same_commands_and_true_names() -> None:
    assert len(blocks("hub.md")) == 15
    assert blocks("hub.md") == blocks("hub.zh-CN.md")
    for page in ("hub.md", "hub.zh-CN.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        assert CONTAINER in text
        for name, value in re.findall(r"`((?:kernel|user)\.\w+)=(\d+)`", text):
            assert mend(name) == value


def mend(setting: str) -> str:
    """What the doctor would set one of the kernel's settings to, where it forbids namespaces."""
    forbids = {"kernel.unprivileged_userns_clone": "0", "kernel.apparmor_restrict_unprivileged_userns": "1",
               "user.max_user_namespaces": "0"}[setting]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(attempts, "setting", lambda name: forbids if name == setting else "")
        patched.setattr(os, "geteuid", lambda: 1000)
        told = attempts.refused(OSError(errno.EPERM, "no")).mend.en
    return re.search(rf"{re.escape(setting)}=(\d+)", told)[1]  # type: ignore[index]


def start(machine: Machine) -> None:
    """Start the hub, or start it anew, as its unit says."""
    unit = machine.run("cat /etc/systemd/system/jupyterhub.service")
    command, folder = (re.search(f"^{name}=(.*)", unit, re.MULTILINE)[1] for name in ("ExecStart", "WorkingDirectory"))
    machine.serve(command, folder, "JupyterHub is now running")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can have a machine with users of its own")
def test_from_an_empty_machine_to_feedback(machine: Machine, proxy: Path, page: Page, shot: Shot) -> None:
    hub, api, inner, service = ports(4)
    address, said = f"http://127.0.0.1:{hub}", []
    for _, who, text in blocks("hub.md"):
        if who.startswith("/"):
            machine.write(who.split(",")[0], text.replace("9999", str(service)))
            if "at its end" in who:
                start(machine)
        elif "systemctl" in text:
            machine.write("/etc/jupyterhub/jupyterhub_config.py",
                          f"c.JupyterHub.bind_url, c.JupyterHub.hub_port = '{address}', {inner}\n"
                          f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{api}'\n"
                          "c.LocalProcessSpawner.interrupt_timeout = 1  # else each server takes ten seconds to end\n")
            start(machine)
        elif who == "root":
            machine.run(by_root(text, installed(proxy)))
        elif who == "instructor":
            said.append(machine.run(text, who))
        elif who == "student":
            machine.run(text, FIRST)
            if "fetch_assignment" in text:
                answer(machine, FIRST)
    assert "course_id = 'd2l_ch3' is set by /etc/jupyter/nbgrader_config.py" in "".join(said)
    assert scores(machine, FIRST) == POINTS
    assert "d2l-card" in machine.run(f"cat {ASSIGNMENT}/feedback/*/*.html", FIRST)
    for secret in ("d2l_ch3", "course"):
        with pytest.raises(AssertionError, match="Permission denied"):
            machine.run(f"ls /home/instructor/{secret}", FIRST)

    log_in(page, address, machine, SECOND)
    assert menu(page) == ["Assignment List", "Course List"]
    notifications = f"{address}/user/{SECOND}/lab/api/settings/@jupyterlab/apputils-extension:notification"
    assert page.request.get(notifications).json()["schema"]["properties"]["fetchNews"]["default"] == "false"
    shot(page, "hub/1-student")
    machine.run(f"nbgrader fetch_assignment {ASSIGNMENT}", SECOND)
    answer(machine, SECOND, parallel_block=WRONG.cell)
    machine.run(f"nbgrader submit {ASSIGNMENT}", SECOND)
    refused = page.goto(f"{address}/services/d2l_ch3/lab")
    assert refused is not None and refused.status == 403

    log_in(page, address, machine, "instructor")
    assert menu(page) == ["Assignment List", "Course List", "Formgrader"]
    page.goto(f"{address}/user/instructor/formgrader")
    ours = row(page, ASSIGNMENT)
    assert "Successfully collected" in press(page, ours.locator(".collect a"))
    expect(ours.locator(".num-submissions")).to_have_text("2")
    ours.locator(".num-submissions a").click()
    assert "Successfully autograded" in press(page, row(page, SECOND).locator(".autograde a"))
    shot(page, "hub/2-graded")
    assert scores(machine, SECOND) == {**POINTS, WRONG.exercise: WRONG.points}
    page.goto(f"{address}/services/d2l_ch3/lab")
    assert "Formgrader" in menu(page)
