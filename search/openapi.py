"""The description of the interface (OpenAPI 3.1), from the facets and kinds that are registered."""

from collections.abc import Sequence
from typing import Any

from wagtail.models import Locale

from . import kinds, registry
from .filters import MAX_PER_PAGE, ApiFilterSet
from .suggesting import LIMIT

Json = dict[str, Any]

_STRING: Json = {"type": "string"}
_NULLABLE: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}


def document(server: str) -> Json:
    """`server` is the address that the site has for whoever asks."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Search",
            "version": "1",
            "description": "What the site's search finds, for everyone, without a key.",
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": {
            "/api/search/": {"get": _search()},
            "/api/search/suggest/": {"get": _suggest()},
        },
        "components": {"schemas": _schemas()},
    }


def _search() -> Json:
    return {
        "operationId": "search",
        "summary": "Results with facets",
        "description": "A value or parameter that is not understood is left out and named in `messages`.",
        "parameters": [
            _parameter("q", "Search words.", _STRING),
            _locale(),
            _parameter(kinds.NAME, "Sorts of result; all without it.", _values(kinds.registered())),
            _parameter("page", "Counts from 1; past the end, the last page.", _number(1, 100_000, 1)),
            _parameter("per_page", "Results on a page.", _per_page()),
            *(
                _parameter(facet.name, f"Slugs of the facet {facet.name}; one of them is enough.", _values())
                for facet in registry.facets()
                if facet.name != kinds.NAME
            ),
        ],
        "responses": {
            "200": _response("One page of results.", "Results"),
            "400": _response("There is no such kind.", "Errors"),
            "429": _too_many(),
        },
    }


def _suggest() -> Json:
    return {
        "operationId": "suggest",
        "summary": "Suggestions while a reader types",
        "parameters": [_parameter("q", "What is typed so far; two letters at least.", _STRING), _locale()],
        "responses": {"200": _response("Suggestions.", "Suggestions"), "429": _too_many()},
    }


def _locale() -> Json:
    codes = list(Locale.objects.order_by("pk").values_list("language_code", flat=True))
    schema = {**_STRING, "enum": codes, "default": Locale.get_default().language_code}
    return _parameter("locale", "Language of the reader.", schema)


def _per_page() -> Json:
    return _number(1, MAX_PER_PAGE, ApiFilterSet.usual_per_page())


def _number(least: int, most: int, default: int) -> Json:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


def _values(known: Sequence[str] = ()) -> Json:
    return {"type": "array", "items": {**_STRING, "enum": list(known)} if known else _STRING}


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _response(description: str, schema: str) -> Json:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}


def _too_many() -> Json:
    seconds = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
    return {**_response("Too many requests.", "Errors"), "headers": {"Retry-After": seconds}}


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(schema: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}}


def _schemas() -> Json:
    messages: Json = {
        "type": "object",
        "additionalProperties": {"type": "array", "items": _STRING},
        "description": "Parameter -> sentences in the language of the request.",
    }
    facet_values = {name.name: _list("FacetValue") for name in registry.facets()}
    url = {**_STRING, "format": "uri-reference"}
    return {
        "Results": _object(
            total=_COUNT,
            page=_number(1, 100_000, 1),
            per_page=_per_page(),
            engine={**_STRING, "description": "Who answered."},
            degraded={"type": "boolean", "description": "The engine in force failed; another answered."},
            suggestion={**_NULLABLE, "description": "A better spelling."},
            results=_list("Result"),
            facets=_object(**facet_values),
            messages=messages,
        ),
        "Result": _object(
            id=_STRING,
            external_id={**_NULLABLE, "description": "The number it had where it was imported from."},
            kind=_values(kinds.registered())["items"],
            title=_STRING,
            url=url,
            score={"type": "number"},
        ),
        "FacetValue": _object(value=_STRING, label=_STRING, count=_COUNT, selected={"type": "boolean"}),
        "Suggestions": _object(suggestions={**_list("Suggestion"), "maxItems": LIMIT}),
        "Suggestion": _object(
            label=_STRING,
            hint={**_STRING, "description": "What sort of thing it is, in the language of the request."},
            lang={**_STRING, "description": "Language of the label."},
            kind={**_STRING, "description": "A kind of result, or the name of a facet."},
            url=url,
        ),
        "Errors": _object(errors=messages),
    }
