"""The catalogue of what can be downloaded: a Frictionless data package and a DCAT document, made from the files' rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from models.data.tables import DataFile
from results.bulk import media_type
from results.exports import COLUMNS

# 著作权法 Art 5(1): administrative documents are in no copyright. 个人信息保护法 Art 13, 27 still bind who uses them.
REUSE_TITLE = "行政机关的决定不适用著作权法（著作权法第五条第一项）；个人信息的处理仍受个人信息保护法约束。"
_TYPES = {
    "fine_yuan": "number",
    "confiscated_yuan": "number",
    "decided_on": "date",
    "published_on": "date",
    "ends_on": "date",
}
_REQUIRED = ("id", "url", "document_number", "party", "decided_on", "published_on", "authority")
_DCAT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def data_package(files: Sequence[DataFile], *, title: str, publisher: str) -> dict[str, Any]:
    """The tables as a data package (Data Package v1): names, types, sizes, digests. Each as CSV; the catalogue has all."""
    changed = max((file.made_at for file in files), default=None)
    return {
        "profile": "data-package",
        "name": "penalty-decisions",
        "title": title,
        "homepage": url_for("data.index", _external=True),
        "created": changed.isoformat(timespec="seconds") if changed else None,
        "contributors": [{"title": publisher, "role": "publisher"}],
        "licenses": [{"path": _reuse(), "title": REUSE_TITLE}],
        "resources": [_resource(file) for file in files if file.name.endswith(".csv")],
    }


def _resource(file: DataFile) -> dict[str, Any]:
    return {
        "name": file.name.replace(".", "-"),
        "path": f"files/{file.name}",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(),
    }


def _schema() -> dict[str, Any]:
    return {
        "fields": [
            {
                "name": name,
                "title": title,
                "type": _TYPES.get(name, "string"),
                **({"constraints": {"required": True}} if name in _REQUIRED else {}),
            }
            for name, title in COLUMNS.items()
        ],
        "primaryKey": "id",
    }


def catalogue(files: Sequence[DataFile], *, title: str, publisher: str) -> dict[str, Any]:
    """The same as a DCAT 3 catalogue in JSON-LD, each file a distribution."""
    home = url_for("data.index", _external=True)
    body = {"@type": "foaf:Organization", "foaf:name": publisher}
    dataset = {
        "@id": f"{home}#decisions",
        "@type": "dcat:Dataset",
        "dct:title": title,
        "dct:publisher": body,
        "dct:language": "zh-CN",
        "dct:accrualPeriodicity": {"@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"},
        "dct:license": {"@id": _reuse()},
        "dcat:landingPage": {"@id": home},
        "dcat:distribution": [_distribution(file) for file in files],
    }
    return {
        "@context": _DCAT,
        "@id": url_for("data.catalog", _external=True),
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:publisher": body,
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [dataset],
    }


def _distribution(file: DataFile) -> dict[str, Any]:
    address = url_for("data.download", name=file.name, _external=True)
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": file.name,
        "dct:modified": {"@type": "xsd:dateTime", "@value": file.made_at.isoformat(timespec="seconds")},
        "dcat:downloadURL": {"@id": address},
        "dcat:mediaType": media_type(file.name).partition(";")[0],
        "dcat:byteSize": file.size,
        "spdx:checksum": {"spdx:algorithm": "SHA256", "spdx:checksumValue": file.sha256},
    }


def _reuse() -> str:
    return url_for("data.index", _external=True) + "#reuse"
