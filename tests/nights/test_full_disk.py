"""What a disk answers that is full or failing is known, in the words of any library."""

import errno

import pytest

from assets.disk import disk_fault, is_disk_fault


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_what_a_disk_answers_is_known_in_any_librarys_words(number: int) -> None:
    answer = OSError(number, "x")
    assert is_disk_fault(answer)
    assert is_disk_fault(OSError(f"something (os error {number})"))
    wrapped = ValueError("a workbook")
    wrapped.__cause__ = answer
    assert disk_fault(wrapped).startswith("Disk")
    assert not is_disk_fault(ValueError(f"a cell with (os error {number})"))
    assert not is_disk_fault(PermissionError(errno.EACCES, "x"))
