"""Builds the functions and packs them so that the same binary always gives the same package."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from infra.deployment import project
from infra.deployment.progress import Failure, say, step
from infra.deployment.template import functions

# provided.al2023 has this version of the C library.
GLIBC_LIMIT = (2, 34)


def profile(*, default: str) -> str:
    """The cargo profile that PROFILE asks for."""
    chosen = os.environ.get("PROFILE") or default
    if chosen not in ("dev", "release"):
        raise Failure(f"PROFILE is dev or release, not {chosen!r}")
    return chosen


def build(profile: str) -> Path:
    """Builds and packs every function with a cargo profile.

    Returns the directory of the build: template.yaml, and packages/NAME.zip for each function.
    """
    names = [function.name for function in functions()]
    say(f"building {len(names)} functions ({profile})")
    command = ["cargo", "build", "--locked", "--profile", profile, "--bins"]
    for name in names:
        command += ["-p", name]
    if subprocess.run(command, cwd=project.ROOT).returncode != 0:
        raise Failure("the functions do not compile; see above")

    binaries = target_directory() / ("debug" if profile == "dev" else profile)
    directory = project.LOCAL / "build" / profile
    packages = directory / "packages"
    packages.mkdir(parents=True, exist_ok=True)
    with step("packing the functions"):
        for name in names:
            if profile == "release":
                refuse_newer_glibc(binaries / name)
            pack(binaries / name, packages / f"{name}.zip", quick=profile != "release")
    shutil.copyfile(project.TEMPLATE, directory / "template.yaml")
    return directory


def target_directory() -> Path:
    """Where cargo puts what it builds."""
    metadata = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1", "--locked"],
        cwd=project.ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(json.loads(metadata.stdout)["target_directory"])


def pack(binary: Path, package: Path, *, quick: bool) -> None:
    """Packs a binary as the bootstrap of a function, unless the package holds it already."""
    content = binary.read_bytes()
    digest = hashlib.sha256(content).hexdigest().encode()
    if package.exists():
        with zipfile.ZipFile(package) as archive:
            if archive.comment == digest:
                return
    # A fixed time and mode: the package's hash, by which deployment tells a change, follows from
    # the binary alone.
    entry = zipfile.ZipInfo("bootstrap", date_time=(1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o100755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    unfinished = package.with_suffix(f".{os.getpid()}")
    with zipfile.ZipFile(unfinished, "w") as archive:
        archive.writestr(entry, content, compresslevel=1 if quick else 9)
        archive.comment = digest
    unfinished.replace(package)


def refuse_newer_glibc(binary: Path) -> None:
    """Fails when a binary needs a newer C library than the one of provided.al2023."""
    symbols = subprocess.run(["objdump", "-T", binary], check=True, capture_output=True, text=True)
    needed = newest_glibc(symbols.stdout)
    if needed > GLIBC_LIMIT:
        version = ".".join(map(str, needed))
        raise Failure(
            f"{binary.name} needs GLIBC_{version}, provided.al2023 has only "
            f"{'.'.join(map(str, GLIBC_LIMIT))}: see `objdump -T {binary} | grep GLIBC_{version}`."
        )


def newest_glibc(symbols: str) -> tuple[int, ...]:
    """The newest version of the C library that `objdump -T` lists."""
    versions = re.findall(r"GLIBC_(\d+(?:\.\d+)+)", symbols)
    return max((tuple(map(int, version.split("."))) for version in versions), default=(0,))
