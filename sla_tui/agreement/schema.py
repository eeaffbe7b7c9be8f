"""The JSON Schema of a file's model, for editors: it asks the questions and refuses nothing that the program reads."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any, ClassVar, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sla_tui.agreement.parts import Part, Spec, plain, specs
from sla_tui.agreement.values import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _declared(model: type[Part]) -> frozenset[type[Part]]:
    """The parts that the walk over ``model`` goes through; others are answers typed as one text."""
    below = (_declared(spec.type) for spec in specs(model) if spec.nested)
    return frozenset({model}).union(*below)


class _TomlSchema(GenerateJsonSchema):
    """JSON Schema for TOML: an absent answer is an absent key, for TOML has no null."""

    declared: ClassVar[frozenset[type[Part]]] = frozenset()

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default") in (None, []):
            made.pop("default", None)
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        made["description"] = _first_paragraph(schema["cls"].__doc__ or "")
        properties = cast(dict[str, dict[str, Any]], made.get("properties", {}))
        for spec in specs(schema["cls"]) if schema["cls"] in self.declared else ():
            properties[spec.key].update(_said(spec))
        return made


def _first_paragraph(text: str) -> str:
    return " ".join(text.split("\n\n")[0].replace("``", "`").split())


def _said(spec: Spec) -> dict[str, Any]:
    """What a declaration says about one key, in the words of JSON Schema."""
    said: dict[str, Any] = {"title": spec.title}
    question = spec.about.question if spec.about else spec.question
    if question:
        said["description"] = question
    if spec.example and spec.kind is not Kind.LIST:
        said["examples"] = [_as_json(plain(spec.read(spec.example)))]
    return said


def _as_json(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_json(one) for one in cast(list[Any], value)]
    return value.isoformat() if isinstance(value, (date, time)) else value


def json_schema(model: type[Part]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the TOML file that ``model`` stands for.

    Titles and questions come from the declarations, examples are in the form the program writes, and what the
    program reads leniently the schema accepts too. What JSON Schema cannot say (unique ids, references) is left
    to ``check`` and the reader.
    """

    class Schema(_TomlSchema):
        declared = _declared(model)

    return {"$schema": DIALECT, **model.model_json_schema(schema_generator=Schema)}


def schema_text(model: type[Part]) -> str:
    """The schema as the text of a file; the same text for the same declarations."""
    return json.dumps(json_schema(model), indent=2, ensure_ascii=False) + "\n"
