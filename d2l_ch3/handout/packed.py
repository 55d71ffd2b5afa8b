"""Archives, the same bytes for the same content: the hand-out's zip, and the wheel of the students' package."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib.metadata import requires, version
from pathlib import Path

import d2l_ch3

NOT_FOR_STUDENTS = ("authoring", "class_feedback", "class_report", "exporting", "feedback", "grading", "handout",
                    "watching")
"""The parts that the students' package leaves out: grading, and making what students get."""

COMMANDS = ("__init__", "__main__", "parser", "check", "doctor", "lab")
"""What it keeps of the command line."""

WHEEL = f"d2l_ch3-{d2l_ch3.__version__}-py3-none-any.whl"
_DATE = (2020, 1, 1, 0, 0, 0)  # any; zip files cannot do without


PACKAGE = Path(d2l_ch3.__file__).parent


def requirements() -> list[str]:
    """What the students' package needs, as the course's package declares it, without its extras."""
    return [line for line in requires("d2l_ch3") or [] if "extra ==" not in line]


def pins() -> list[str]:
    """The same, each in the version that is installed here: without its build, which other systems may not have."""
    from packaging.requirements import Requirement

    names = [Requirement(line).name for line in requirements()]
    return [f"{name}=={version(name).partition('+')[0]}" for name in names]


def wheel() -> bytes:
    """The students' package, as pip installs it. The format is that of PEP 427."""
    files = {f"d2l_ch3/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes()
             for path in sorted(PACKAGE.rglob("*")) if path.is_file() and _for_students(path.relative_to(PACKAGE))}
    info = f"d2l_ch3-{d2l_ch3.__version__}.dist-info"
    metadata = ["Metadata-Version: 2.1", "Name: d2l_ch3", f"Version: {d2l_ch3.__version__}", "License: MIT",
                "Requires-Python: >=3.11", *(f"Requires-Dist: {line}" for line in requirements()), ""]
    files[f"{info}/METADATA"] = "\n".join(metadata).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: d2l_ch3\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\nd2l-ch3 = d2l_ch3.cli:main\n"
    record = [f"{name},sha256={_hash(content)},{len(content)}" for name, content in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    return zipped(files)


def zipped(files: Mapping[str, bytes], programs: tuple[str, ...] = ()) -> bytes:
    """A zip file of the contents by name; those whose name ends like one of `programs` may be executed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.create_system = 3  # Unix, whose permissions follow
            entry.external_attr = (0o100755 if programs and name.endswith(programs) else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def _for_students(path: Path) -> bool:
    """Whether a file of the package, named from its folder, is for students."""
    part = path.parts[0].removesuffix(".py")
    return path.suffix != ".pyc" and part not in NOT_FOR_STUDENTS and (part != "cli" or path.stem in COMMANDS)


def _hash(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
