"""Tries to get capabilities back: user namespaces, mounts, chroot, setuid, setns, by the system calls.

exercise: parallel-block
points: 6
breaks: tampering
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return torch.cat((self.net1(X), self.net2(X)), dim=-1)


import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
tries = {
    "user namespace": lambda: libc.unshare(0x10000000),
    "mount namespace": lambda: libc.unshare(0x00020000),
    "all namespaces": lambda: libc.unshare(0x7E020000),
    "mount": lambda: libc.mount(b"none", b"/tmp/work", b"tmpfs", 0, None),
    "remount": lambda: libc.mount(b"none", b"/", None, 32 | 4096, None),
    "bind": lambda: libc.mount(b"/usr", b"/tmp/work", None, 4096, None),
    "unmount": lambda: libc.umount2(b"/tmp", 2),
    "chroot": lambda: libc.chroot(b"/tmp"),
    "setuid": lambda: libc.setuid(0),
    "setgid": lambda: libc.setgid(0),
    "pivot_root": lambda: libc.syscall({"x86_64": 155, "aarch64": 41}[os.uname().machine], b"/tmp", b"/tmp/work"),
    "sethostname": lambda: libc.sethostname(b"taken", 5),
    "mknod": lambda: libc.mknod(b"/tmp/work/disk", 0o60666, 0x800),
    "ptrace": lambda: libc.ptrace(16, os.getppid() or 1, 0, 0),
    "reboot": lambda: libc.reboot(0),
    "keep capabilities": lambda: libc.prctl(8, 1, 0, 0, 0) or libc.prctl(47, 2, 0, 0, 0),
}
for name, attempt in tries.items():
    if attempt() == 0:
        print("the attack worked:", name)
    else:
        print(name, os.strerror(ctypes.get_errno()))
