"""Every field that can hold words or bytes has been decided about."""

import pytest
from django.apps import apps
from django.db import models

from baken.config.protection import FIELDS, REASONS, Protection

HOLDS_WORDS = (models.CharField, models.TextField, models.BinaryField, models.JSONField)


def _fields():
    """Model → names of fields that can hold anything."""
    for model in apps.get_models():
        if model.__module__.startswith("baken."):
            names = {
                field.name
                for field in model._meta.concrete_fields
                if isinstance(field, HOLDS_WORDS) or type(field).__name__ == "ArrayField"
            }
            if names:
                yield model._meta.label, names


def test_every_field_is_in_the_registry_and_none_besides():
    decided = {label: set(fields) for label, fields in FIELDS.items()}

    assert decided == dict(_fields())


def test_words_in_the_clear_have_a_reason():
    clear = {
        f"{label}.{name}"
        for label, fields in FIELDS.items()
        for name, protection in fields.items()
        if protection is Protection.CLEAR
    }

    assert clear == REASONS.keys()


@pytest.mark.parametrize(
    ("label", "name"),
    [
        (label, name)
        for label, fields in FIELDS.items()
        for name, protection in fields.items()
        if protection in {Protection.SEALED, Protection.KEYS}
    ],
)
def test_what_is_sealed_is_bytes(label, name):
    field = apps.get_model(label)._meta.get_field(name)

    # Kept as hexadecimal in JSON: three pieces by the pair of shares that opens them.
    assert isinstance(field, models.BinaryField) or (label, name) == (
        "keys.RegionRecovery",
        "sealed",
    )
