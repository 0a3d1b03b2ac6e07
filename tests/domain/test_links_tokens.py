"""A token says who may say what about what until when, and nothing else can be made of it."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.messages.acts import CODES, Act
from echeancier.domain.messages.tokens import SECRET_BYTES, Claim, ForgedLinkError, LinkKey, item_mark, read, written
from tests.domain.links import KEY, OTHER

END = datetime(2022, 9, 13, 8, 0, tzinfo=UTC)
ROLE, ADDRESS = "partner", "agence@operateur.example"


def claim(key: LinkKey = KEY, **changes: object) -> Claim:
    values: dict[str, object] = {
        "reference": "SQF-P",
        "act": "accept",
        "expires_at": END,
        "sequence": 3,
        "who": key.person("SQF-P", ROLE, ADDRESS),
        "item": item_mark("point/2022-07"),
        "key_id": key.id,
    }
    return Claim(**(values | changes))  # type: ignore[arg-type]


TOKEN = written(claim(), KEY)
RAW = base64.urlsafe_b64decode(TOKEN + "=" * (-len(TOKEN) % 4))


def with_byte(position: int, change: int) -> str:
    raw = bytearray(RAW)
    raw[position] ^= change
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


def test_what_was_written_is_read_back() -> None:
    assert read(TOKEN, {KEY.id: KEY}) == (claim(), KEY)


@pytest.mark.parametrize("act", CODES)
def test_every_act_is_read_back(act: Act) -> None:
    token = written(claim(act=act), KEY)
    assert read(token, {KEY.id: KEY})[0].act == act


def test_the_numbers_of_the_acts_never_change() -> None:
    assert CODES == {
        "accept": 1,
        "decline": 2,
        "other-date": 3,
        "done": 4,
        "received": 5,
        "signed": 6,
        "refuse-sign": 7,
        "seen": 8,
        "later": 9,
        "problem": 10,
    }


def test_the_same_claim_gives_the_same_token_and_it_is_this_one() -> None:
    assert written(claim(), KEY) == TOKEN
    # Mails that left keep their links: a version of the program that writes another token must read this one too.
    assert TOKEN == "ASzddRIBYyA4gAADO2_WvRScx8tHVA2aMsBTUUYtUJly3wzL0DgO8KDSD-u9Ino"


@pytest.mark.parametrize("position", range(len(RAW)))
@pytest.mark.parametrize("change", [1, 0x80])
def test_a_token_altered_anywhere_is_refused(position: int, change: int) -> None:
    with pytest.raises(ForgedLinkError):
        read(with_byte(position, change), {KEY.id: KEY, OTHER.id: OTHER})


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "decline"},
        {"reference": "SQF-O"},
        {"sequence": 4},
        {"expires_at": END + timedelta(days=1)},
        {"who": KEY.person("SQF-P", "manager", "direction@operateur.example")},
        {"item": item_mark("point/2023-01")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_signature_of_one_claim_signs_no_other(changes: dict[str, object]) -> None:
    other = written(replace(claim(), **changes), KEY)  # type: ignore[arg-type]
    body = base64.urlsafe_b64decode(other + "=" * (-len(other) % 4))[:-16]
    forged = base64.urlsafe_b64encode(body + RAW[-16:]).rstrip(b"=").decode()
    with pytest.raises(ForgedLinkError):
        read(forged, {KEY.id: KEY})


@given(st.text(max_size=150) | st.text("ABCDEFabcdef0123456789-_", min_size=50, max_size=140))
def test_whatever_is_typed_is_refused_without_a_fault(text: str) -> None:
    with pytest.raises(ForgedLinkError):
        read(text, {KEY.id: KEY})


def test_the_same_bytes_written_otherwise_are_not_the_same_link() -> None:
    assert len(TOKEN) % 4, "the last character has spare bits"
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = TOKEN[:-1] + letters[letters.index(TOKEN[-1]) ^ 1]
    for other in (TOKEN + "=", twin, f" {TOKEN}", TOKEN + "\n"):
        with pytest.raises(ForgedLinkError):
            read(other, {KEY.id: KEY})


def test_a_former_key_still_verifies_once_another_signs() -> None:
    fresh = written(claim(OTHER), OTHER)
    keys = {KEY.id: KEY, OTHER.id: OTHER}
    assert read(TOKEN, keys)[1] == KEY
    assert read(fresh, keys)[1] == OTHER
    assert fresh != TOKEN


def test_a_key_that_is_no_longer_kept_verifies_nothing() -> None:
    with pytest.raises(ForgedLinkError):
        read(TOKEN, {OTHER.id: OTHER})


def test_a_claim_is_never_signed_with_another_key_than_it_names() -> None:
    with pytest.raises(ValueError, match="autre clé"):
        written(claim(), OTHER)


def test_a_link_is_for_one_role_at_one_address_of_one_convention() -> None:
    mine = claim()
    assert mine.is_for(KEY, ROLE, "Agence@Operateur.example")
    assert not mine.is_for(KEY, "manager", ADDRESS)
    assert not mine.is_for(KEY, ROLE, "autre@operateur.example")
    assert not replace(mine, reference="SQF-O").is_for(KEY, ROLE, ADDRESS)
    assert not mine.is_for(OTHER, ROLE, ADDRESS)


def test_neither_the_address_nor_the_item_can_be_read_in_it() -> None:
    for word in (b"partner", b"agence", b"operateur", b"point", b"2022"):
        assert word not in RAW


def test_the_secret_of_a_key_is_not_shown() -> None:
    assert "of the tests" not in repr(KEY)
    assert KEY.id not in KEY.secret.hex()


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 octets"):
        LinkKey(b"x" * (SECRET_BYTES - 1))


@pytest.mark.parametrize("changes", [{"sequence": 70_000}, {"expires_at": datetime(2107, 1, 1, tzinfo=UTC)}])
def test_a_number_that_no_token_can_carry_is_said_so(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="ne peut pas s’écrire"):
        written(claim(KEY, **changes), KEY)
