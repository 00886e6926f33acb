import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.lib.encryption import Tampered, Vault, place_of
from goldthread.foundation.lib.ids import new_id

VAULT = Vault(bytes(range(32)), "riverbend")
HERE = place_of("persons_identifier", "sealed", new_id())
THERE = place_of("persons_identifier", "sealed", new_id())


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_in_its_place_only(plain: bytes) -> None:
    sealed = VAULT.seal(plain, place=HERE)
    assert VAULT.open(sealed, place=HERE) == plain
    assert len(plain) < 4 or plain not in sealed
    for other, place in (
        (VAULT, THERE),
        (Vault(bytes(range(32)), "other"), HERE),
        (Vault(bytes(32), "riverbend"), HERE),
    ):
        with pytest.raises(Tampered):
            other.open(sealed, place=place)


@given(st.binary(max_size=50), st.data())
def test_a_changed_bit_or_a_cut_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(plain, place=HERE))
    at = data.draw(st.integers(0, len(sealed) - 1))
    with pytest.raises(Tampered):
        VAULT.open(bytes(sealed[:at]), place=HERE)
    sealed[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Tampered):
        VAULT.open(bytes(sealed), place=HERE)


def test_the_same_value_is_sealed_differently_each_time_and_has_one_digest_a_purpose() -> None:
    assert VAULT.seal(b"123", place=HERE) != VAULT.seal(b"123", place=HERE)
    assert VAULT.digest(b"123", purpose="ssn") == VAULT.digest(b"123", purpose="ssn")
    others = {VAULT.digest(b"123", purpose="mrn"), Vault(bytes(range(32)), "other").digest(b"123", purpose="ssn")}
    assert VAULT.digest(b"123", purpose="ssn") not in others
    assert len(VAULT.digest(b"123", purpose="ssn")) == 64


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short", "")
