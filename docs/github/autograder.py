"""Points for the notebooks in `work/`: in a workflow of GitHub Actions, and as an autograder of Classroom 50.

Each notebook is run as `d2l-ch3 check` runs it. Its results go to `results/<problem set>.json`, the points to the
step's outputs `points` and `most`, a table to its summary, and, for Classroom 50, all of it to `result.json`. Needs
nothing but Python: the package is installed by the `requirements.txt` beside this file where it is not there.
"""

import datetime
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CANNOT_BE_CHECKED = 2


def main() -> None:
    """Check what is there, and say what it gets."""
    if importlib.util.find_spec("d2l_ch3") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"],
                       cwd=HERE, check=True)
    notebooks = sorted(Path("work").glob(f"{os.environ.get('ASSIGNMENT', '*')}/*.ipynb"))
    tests = [test for notebook in notebooks for test in checked(notebook)["tests"]]
    if not notebooks:
        print("There is no notebook in work/: nothing to check.")
    append("GITHUB_OUTPUT", f"points={total(tests, 'score')}\nmost={total(tests, 'max_score')}\n")
    append("GITHUB_STEP_SUMMARY", table(tests))
    if "SUBMISSION_TAG" in os.environ:
        Path("result.json").write_text(json.dumps(classroom50(tests), indent=2), encoding="utf-8")


def checked(notebook: Path) -> dict:
    """The results of a notebook. Ends the program if it cannot be checked, which is not the student's fault."""
    problem_set = notebook.parent.name
    results = Path("results") / f"{problem_set}.json"
    given = HERE / "release" / problem_set  # the teacher's, where this file came with it
    release = ["--release", str(given)] if given.is_dir() else []
    results.unlink(missing_ok=True)
    # -P: what is called d2l_ch3 in the student's repository is not taken for the package.
    done = subprocess.run([sys.executable, "-P", "-m", "d2l_ch3.cli", "check", str(notebook),
                           "--results", str(results), *release], check=False)
    if done.returncode >= CANNOT_BE_CHECKED or not results.exists():
        sys.exit(f"{notebook} could not be checked")
    return json.loads(results.read_text(encoding="utf-8"))


def total(tests: list, what: str) -> str:
    """A sum over what has a score; what a person decides has none yet."""
    return f"{sum(test[what] for test in tests if 'score' in test):g}"


def table(tests: list) -> str:
    """The outcome of each exercise, as Markdown."""
    rows = [f"| {test['name']} | {test.get('score', '—')} / {test['max_score']} | {test['output']} |" for test in tests]
    last = f"| | **{total(tests, 'score')} / {total(tests, 'max_score')}** | |"
    return "\n".join(["| | | |", "|---|---|---|", *rows, last, ""])


def classroom50(tests: list) -> dict:
    """The result as Classroom 50 wants it: whole points, and no exercise that a person decides."""
    made = [{"test-name": test["name"], "passed": test["status"] == "passed", "score": int(test["score"]),
             "max-score": int(test["max_score"]), "output": test["output"]} for test in tests if "score" in test]
    now = datetime.datetime.now(datetime.UTC)
    return {"schema": "classroom50/result/v1", "classroom": os.environ["CLASSROOM"],
            "assignment": os.environ["ASSIGNMENT"], "submission": os.environ["SUBMISSION_TAG"],
            "commit": os.environ["COMMIT_URL"], "release": os.environ["RELEASE_URL"],
            "review": os.environ.get("REVIEW_URL") or os.environ["COMMIT_URL"],
            "datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "score": sum(test["score"] for test in made),
            "max-score": sum(test["max-score"] for test in made), "tests": made}


def append(name: str, text: str) -> None:
    """Add to the file that a variable names, if there is one."""
    if path := os.environ.get(name):
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)


if __name__ == "__main__":
    main()
