"""What the tests need of the machine is fetched from its distribution, or named as missing."""

import os
import shutil
import subprocess


class Missing(Exception):
    """What the tests cannot do without, in a sentence."""


def install(package: str, what: str) -> None:
    """Install a package of the distribution, as root or where sudo asks for no password."""
    if not shutil.which("apt-get"):
        raise Missing(f"{what} is missing, and there is no apt-get here to install it with.")
    prefix = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if prefix and not shutil.which("sudo"):
        raise Missing(f"{what} is missing, and only root may install it: apt-get install {package}")
    print(f"{what} is missing: installing the package {package}.", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        command = [*prefix, "apt-get", "--quiet", "--quiet", *arguments]
        if subprocess.run(command, env=environment, check=False).returncode:
            raise Missing(f"{what} is missing, and `{' '.join(command)}` failed.")
