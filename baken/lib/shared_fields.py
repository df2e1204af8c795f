"""Fields of a form that many forms use as they are.

Django copies every field for every form, so that a form may change its own. A form of fifty fields with
thirty code lists spends more time on that than on what was typed. Fields that are made once, and that no
form changes afterwards, need no copy.
"""

from typing import Any

from django.forms import Field


class SharedFields(dict[str, Field]):
    """For `Form.base_fields`. A form may add fields of its own or replace one; it must not change one."""

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, Field]:
        return dict(self)
