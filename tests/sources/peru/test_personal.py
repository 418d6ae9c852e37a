"""Does no identity number of a person get into the archive, however it is written, and does the rest stay as sent?"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.contract import Unreadable
from tracker.sources.peru.personal import struck

ROW = b'{"data":{"proyectos":[{"pleyNum":12,"titulo":"LEY \\"X\\" N\xc2\xb0 31307"}]},"timestamp":"%s"}'
NUMBER = "06543210"


def test_only_the_time_of_answering_is_struck_out() -> None:
    first, second = (struck(ROW % at) for at in (b"2026-10-08T23:03:10.781-05:00", b"2026-10-09T23:03:11.002-05:00"))
    assert first == second == ROW % b"****-**-**T**:**:**.***-**:**"


@pytest.mark.parametrize(
    "written",
    [
        f'"dni":"{NUMBER}"',
        f'"dni" : "{NUMBER}"',
        f'"dni":{int(NUMBER) + 10_000_000}',
        '"dni":"ABC 123"',
        f'"DNI":"{NUMBER}"',
        f'"numDni":"{NUMBER}"',
        f'"dni_autor":"x{NUMBER}"',
        f'"documentoIdentidad":"{NUMBER}-3"',
        f'"nroDocumento":"{NUMBER}9"',
        f'"dni":["{NUMBER}","{NUMBER}"]',
        f'"codigo":"{NUMBER}"',
        '"codigo":16543210',
        f'"firmantes":[{{"nombre":"Paz","clave":"{NUMBER}"}}]',
        f'"titulo":"PENSIÓN A ANA PAZ, DNI N.° {NUMBER}, VIUDA"',
        f'"titulo":"identificada con D.N.I. {NUMBER}"',
        f'"titulo":"DNI N.\\u00b0 {NUMBER}"',
        '"\\u0064ni":"AB 06543210 1"',
        '"x":"\\u00306543210"',
    ],
)
def test_an_identity_number_is_struck_out(written: str) -> None:
    raw = ('{"a":1,' + written + ',"z":"LEY 31307"}').encode()
    kept = struck(raw)
    assert NUMBER.encode() not in kept
    assert b"16543210" not in kept
    answer = json.loads(kept)
    assert (answer["a"], answer["z"]) == (1, "LEY 31307")


@pytest.mark.parametrize(
    "raw",
    [
        b'{"codNivel":"7","pleyNum":14864,"fecha":"2026-10-05T00:00:00.000-05:00"}',
        b'{"titulo":"CODIGO: 12345678, PREDIO; CUI 2328142; LEY 31307","autores":""}',
        b'{"documentosAnexos":[],"x":null,"y":true,"z":-1.5e3}',
        b'{"titulo":"ADNI 123456789"}',
        b"<html>no list</html>",
        b'{"titulo":"cut of',
        b"",
    ],
)
def test_everything_else_stays_as_it_was_sent(raw: bytes) -> None:
    assert struck(raw) == raw


@pytest.mark.parametrize(
    "raw",
    [b'{"dni":{"valor":"AB1"}}', b'{"numDni":[{"a":1}]}', b'{"dni": NaN}'],
)
def test_what_cannot_be_struck_out_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        struck(raw)
    assert caught.value.code == "personal_number"
    assert b"6543210".decode() not in str(caught.value)


NAMES = st.sampled_from(["dni", "titulo", "timestamp", "autores", "numDni"]) | st.text(max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.from_regex(r"\A[0-9]{8}\Z"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.booleans())
def test_no_leaf_of_eight_digits_is_ever_kept(answer: object, ascii_only: bool) -> None:
    raw = json.dumps(answer, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        kept = struck(raw)
    except Unreadable:
        return
    waiting = [json.loads(kept)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        else:
            assert not (len(str(value)) == 8 and str(value).isascii() and str(value).isdigit())
