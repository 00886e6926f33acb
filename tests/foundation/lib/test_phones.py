import pytest

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.phones import email_key, phone_key, read_email, read_phone


@pytest.mark.parametrize("typed", ["2155550142", "215-555-0142", "(215) 555 0142", "+1 215 555 0142", "1-215-555-0142"])
def test_a_number_of_here(typed: str) -> None:
    assert read_phone(typed) == "(215) 555-0142"
    assert phone_key(read_phone(typed)) == "2410555512"


def test_a_number_of_elsewhere_and_an_extension() -> None:
    assert read_phone("+52 55 1234 5678") == "+52 55 1234 5678"
    assert read_phone("215-555-0142 x 12") == "(215) 555-0142 ext. 12"
    assert phone_key("(215) 555-0142 ext. 12") == "2410555512"


@pytest.mark.parametrize("typed", ["", "hello", "12", "555-01421-555-0142-999"])
def test_no_number(typed: str) -> None:
    with pytest.raises(DomainError):
        read_phone(typed)


def test_emails() -> None:
    assert read_email(" Dana@Example.org ") == "Dana@Example.org"
    assert email_key(" Dana@Example.org") == "dana@example.org"
    for wrong in ("dana", "dana@", "d ana@example.org", "dana@example"):
        with pytest.raises(DomainError):
            read_email(wrong)
