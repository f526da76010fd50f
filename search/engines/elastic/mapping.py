"""What an index of Elasticsearch looks like; only features of the server's core."""

import hashlib
import json
from typing import Any

#: Fields of stems, in the order of `text_index.WEIGHTS`.
TEXT_FIELDS = ("title", "keywords", "summary", "body")

_TERMS = {"type": "text", "analyzer": "whitespace"}
_KEYWORD = {"type": "keyword"}
_STORED_ONLY = {"type": "keyword", "index": False}

#: Hits that can be reached by turning pages: readers never go so far down a list, robots do.
REACHABLE = 200_000

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "auto_expand_replicas": "0-1",
    "max_result_window": REACHABLE,
    # How long a deletion is remembered, so that a late older write cannot bring the document back.
    "gc_deletes": "1h",
    "refresh_interval": "1s",
}

MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"includes": ["fingerprint"]},
    "properties": {
        **dict.fromkeys(TEXT_FIELDS, _TERMS),
        "words": {**_TERMS, "index_prefixes": {"min_chars": 2, "max_chars": 12}},
        "locale": _KEYWORD,
        "searchable": _KEYWORD,
        "kind": _KEYWORD,
        "sites": _KEYWORD,
        "sort_key": _KEYWORD,
        "fingerprint": _STORED_ONLY,
        "visible_from": {"type": "date"},
        "visible_to": {"type": "date"},
        "position": {"type": "geo_point"},
        "checked_on": {"type": "date"},
        "boost": {"type": "float"},
        "facets": {"type": "object", "dynamic": True},
    },
    "dynamic_templates": [{"facets": {"path_match": "facets.*", "mapping": _KEYWORD}}],
}


def version() -> str:
    """Changes with the mapping: an index that was made with another one has to be rebuilt."""
    content = json.dumps([SETTINGS, MAPPINGS], sort_keys=True)
    return hashlib.blake2b(content.encode(), digest_size=6).hexdigest()
