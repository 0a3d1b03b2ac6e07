"""What may not stand in the project: real addresses, numbers, accounts, and the places of one machine.

The patterns are written so that they do not match themselves.
"""

import base64
import binascii
import re
from collections.abc import Iterator

EMAIL = re.compile(r"[\w.%+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})\b")
DATA = re.compile(r'"data": ?"([A-Za-z0-9+/]{16,}={0,2})"')  # a payload inside a recorded history

FORBIDDEN = {
    "a French telephone number": re.compile(r"(?<!\w)(?<!\d\.)0[1-9](?:(?:[ .\u00a0\u202f-]\d{2}){4}|\d{8})(?!\w)"),
    "an international telephone number": re.compile(
        r"\+33[ .\u00a0]?(?:\(0\)[ ]?)?[1-9](?:[ .\u00a0-]?\d{2}){4}(?!\d)"
    ),
    "a French bank account": re.compile(r"\bFR\d{2}(?: ?[A-Z0-9]{4}){5} ?[A-Z0-9]{3}\b|\bFR76 ?\d{4}"),
    "an address of a package index": re.compile(
        r"--(?:extra-)?index-url|--find-link[s]|PIP_(?:EXTRA_)?INDEX_URL|\bpypi\.(?:org|python)|pythonhosted\.org"
        r'|registry\.npmjs|"resolved": ?"http|\bregistry ?= ?"?http'
    ),
    "a path of somebody's machine": re.compile(r"(?<![\w.-])/(?:home|Users|root|work)/[\w.-]+"),
}


def findings(text: str) -> Iterator[str]:
    """Says what is found, one sentence for each, recorded payloads opened."""
    for match in EMAIL.finditer(text):
        if not match[1].lower().endswith(".example"):
            yield f"an e-mail address outside .example: {match[0]}"
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(text):
            yield f"{what}: {match[0]}"
    for match in DATA.finditer(text):
        yield from findings(opened(match[1]))


def opened(data: str) -> str:
    """The text of a base64 payload; empty when it is not one."""
    try:
        return base64.b64decode(data, validate=True).decode("utf-8", "ignore")
    except binascii.Error:
        return ""
