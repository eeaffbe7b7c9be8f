"""What JSON Schema says of values that are read from text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


def textual(parse: Callable[[Any], Any], accepted: CoreSchema) -> CoreSchema:
    """The core schema of a value that is a string in TOML, and what its JSON Schema says of what is read."""
    return core_schema.no_info_plain_validator_function(
        parse,
        serialization=core_schema.to_string_ser_schema(),
        json_schema_input_schema=accepted,
    )


@dataclass(frozen=True, slots=True)
class Accepts:
    """What JSON Schema says of a value that TOML has a type for and that is read from text too."""

    format: str
    pattern: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string", "format": self.format}, {"type": "string", "pattern": self.pattern}],
        }


def any_case(word: str) -> str:
    """A pattern for ``word`` in large and small letters, for JSON Schema has no flag that says so."""
    return "".join(f"[{one.upper()}{one}]" if one.isalpha() else one for one in word.lower())
