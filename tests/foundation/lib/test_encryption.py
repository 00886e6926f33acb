import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.lib.encryption import DrawnKeys, Keyring, OwnKeys, Tampered, Vault, place_of
from goldthread.foundation.lib.ids import new_id

MASTER = bytes(range(32))
FIRST_SEALED = "0100c66499e52df57c56c74436c10681f3e405895abaeaeef2826ed9486981d6d570214bc652cb27"
FIRST_DIGEST = "6dad3d559e48aa407d5159ae38d26f5c3d3da965166a508f57be7954e69ea29a"


def drawn(master: bytes, agency: str) -> Vault:
    return Vault(Keyring({1: DrawnKeys(master, agency)}))


VAULT = drawn(MASTER, "riverbend")
HERE = place_of("persons_identifier", "sealed", new_id())
THERE = place_of("persons_identifier", "sealed", new_id())


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_in_its_place_only(plain: bytes) -> None:
    sealed = VAULT.seal(plain, place=HERE)
    assert VAULT.open(sealed, place=HERE) == plain
    assert len(plain) < 4 or plain not in sealed
    for other, place in (
        (VAULT, THERE),
        (drawn(MASTER, "other"), HERE),
        (drawn(bytes(32), "riverbend"), HERE),
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
    others = {VAULT.digest(b"123", purpose="mrn"), drawn(MASTER, "other").digest(b"123", purpose="ssn")}
    assert VAULT.digest(b"123", purpose="ssn") not in others
    assert len(VAULT.digest(b"123", purpose="ssn")) == 64


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DrawnKeys(b"short", "")


def test_what_was_sealed_before_agencies_had_own_keys_still_opens() -> None:
    """Written down from the version that stood at the first landing: master key 00…1f, agency riverbend."""
    old = bytes.fromhex(FIRST_SEALED)
    assert VAULT.open(old, place="persons_identifier:sealed:1") == b"123-45-6789"
    assert VAULT.digest(b"123456789", purpose="identifier:ssn") == FIRST_DIGEST


def test_keys_taken_out_of_the_master_key_open_and_find_the_same() -> None:
    out = DrawnKeys(MASTER, "riverbend").taken_out(["seal", "digest:identifier:ssn"])
    elsewhere = Vault(Keyring({1: OwnKeys.read(out.told())}))
    assert elsewhere.open(VAULT.seal(b"x", place=HERE), place=HERE) == b"x"
    assert elsewhere.digest(b"1", purpose="identifier:ssn") == VAULT.digest(b"1", purpose="identifier:ssn")
    assert elsewhere.digest(b"1", purpose="later") != VAULT.digest(b"1", purpose="later")
    assert MASTER not in (out.root, *out.listed.values())


def test_a_new_version_seals_and_every_version_opens_and_finds() -> None:
    first, second = OwnKeys.new(), OwnKeys.new()
    old, new = Vault(Keyring({3: first})), Vault(Keyring({3: first, 7: second}))
    sealed = old.seal(b"x", place=HERE)
    assert (sealed[0], new.seal(b"x", place=HERE)[0]) == (3, 7)
    assert new.open(sealed, place=HERE) == b"x"
    assert not new.is_new(sealed)
    assert new.is_new(new.seal(b"x", place=HERE))
    found = new.digests(b"1", purpose="mrn")
    assert found == [new.digest(b"1", purpose="mrn"), old.digest(b"1", purpose="mrn")]
    with pytest.raises(Tampered, match="known key"):
        Vault(Keyring({7: second})).open(sealed, place=HERE)
