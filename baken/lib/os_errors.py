"""What the system says about a file, a program or a port, in Dutch."""

import errno

_REASONS = {
    errno.EACCES: "geen toestemming",
    errno.EPERM: "dit is niet toegestaan",
    errno.ENOENT: "dit bestaat niet",
    errno.EEXIST: "dit bestaat al",
    errno.EISDIR: "dit is een map",
    errno.ENOTDIR: "dit is geen map",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte voor dit account is op",
    errno.EROFS: "de schijf kan alleen worden gelezen",
    errno.ENOEXEC: "dit is geen programma voor deze machine",
    errno.EIO: "de schijf geeft een fout",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EMFILE: "er staan te veel bestanden open",
    errno.ENFILE: "er staan te veel bestanden open",
    errno.ENOMEM: "het geheugen is op",
    errno.ETXTBSY: "het wordt net gebruikt",
    errno.ELOOP: "de verwijzing gaat in een kring",
}


def reason_of(error: OSError) -> str:
    """A few words to stand in a sentence; a name to search for when we know none."""
    known = _REASONS.get(error.errno or 0)
    return known or f"fout {errno.errorcode.get(error.errno or 0, 'onbekend')}"
