"""The one secrets file: made once, private, and never half."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from baken.config.home import HomeNotWritable
from baken.config.secrets import SecretsDamaged, SecretsTooOpen, load_secrets


def test_secrets_are_made_once_and_private(tmp_path):
    first = load_secrets(tmp_path / "home")

    again = load_secrets(tmp_path / "home")

    assert again == first
    assert sorted(first.passwords) == ["office", "owner", "public", "worker"]
    assert len({first.django_secret_key, *first.passwords.values()}) == 5
    assert len(first.django_secret_key) >= 50
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "home/secrets.json").stat().st_mode) == 0o600
    assert os.listdir(tmp_path / "home") == ["secrets.json"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_secrets_others_can_touch_are_refused(tmp_path, mode):
    load_secrets(tmp_path)
    path = tmp_path / "secrets.json"
    path.chmod(mode)

    with pytest.raises(SecretsTooOpen) as refusal:
        load_secrets(tmp_path)

    assert str(refusal.value) == (
        f"Het geheimenbestand {path} is leesbaar voor anderen; voer eerst uit: chmod 600 {path}"
    )


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"django_secret_key": "x"}', "null"])
def test_damaged_secrets_are_not_replaced(tmp_path, content):
    load_secrets(tmp_path)
    (tmp_path / "secrets.json").write_text(content)

    with pytest.raises(SecretsDamaged, match=r"is beschadigd; zet een reservekopie terug"):
        load_secrets(tmp_path)

    assert (tmp_path / "secrets.json").read_text() == content


def test_secrets_made_by_many_at_once_are_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_secrets(tmp_path), range(16)))

    assert all(each == found[0] for each in found)


def test_secrets_do_not_print(tmp_path):
    secrets = load_secrets(tmp_path)

    assert secrets.django_secret_key not in repr(secrets)


def test_secrets_in_a_home_that_cannot_be(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(
        HomeNotWritable, match=r"kan niet schrijven in .*file/home: dit is geen map"
    ):
        load_secrets(tmp_path / "file/home")
