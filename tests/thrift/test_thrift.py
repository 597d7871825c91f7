"""The model in Thrift's JSON protocol, read by clients that know only the published definition (F6)."""

import json
import shutil
import subprocess
import sys
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import pytest
import thriftpy2
from thriftpy2.protocol.apache_json import TApacheJSONProtocol

from planning.samples.heidelberg import heidelberg
from planning.thrift import from_thrift, idl, to_thrift
from planning.thrift.structs import types_used
from planning.xlsx.template import example as template_example
from solver.contract import UniversalData
from tests.shared import ROOT
from tests.xlsx.same import example, example_files

DEFINITION = ROOT / "planning" / "thrift" / "universal.thrift"
NAMES = {"from_time": "from", "to_time": "to"}
DATA = [pytest.param(example(path), id=path.stem) for path in example_files()]
DATA += [pytest.param(heidelberg(), id="sample"), pytest.param(template_example(), id="template")]

client = thriftpy2.load(str(DEFINITION), "universal_thrift")


def plain(value: Any) -> Any:
    """What a client read, with JSON's names; what is absent is left out."""
    if hasattr(value, "thrift_spec"):
        fields = {NAMES.get(name, name): plain(inner) for name, inner in vars(value).items()}
        return {name: inner for name, inner in fields.items() if inner is not None}
    return [plain(item) for item in value] if isinstance(value, list) else value


def with_numbers(value: Any, struct: Any) -> Any:
    """JSON with the definition's numbers for the texts of enumerations; what it does not know is left out."""
    specs = {NAMES.get(spec[1], spec[1]): spec for spec in struct.thrift_spec.values()}
    return {
        name: with_number(inner, specs[name][2] if len(specs[name]) > 3 else None)
        for name, inner in value.items()
        if name in specs and inner is not None
    }


def with_number(value: Any, kind: Any) -> Any:
    if isinstance(value, list):
        inner = kind[1] if isinstance(kind, tuple) else kind
        return [with_number(item, inner) for item in value]
    if isinstance(kind, tuple):
        kind = kind[1]
    if hasattr(kind, "_NAMES_TO_VALUES"):
        return kind._NAMES_TO_VALUES[value]
    return with_numbers(value, kind) if hasattr(kind, "thrift_spec") else value


@pytest.mark.parametrize("data", DATA)
def test_F6_comes_back(data: dict[str, Any]) -> None:
    assert from_thrift(to_thrift(data)) == data


@pytest.mark.parametrize("data", DATA)
def test_F6_a_client_with_the_definition_reads_it_equal(data: dict[str, Any]) -> None:
    protocol = TApacheJSONProtocol(None)
    protocol._req = [1, "", 1, 0, json.loads(to_thrift(data))]  # a struct, where the library expects a call
    found = protocol.read_struct(client.UniversalData())
    assert plain(found) == with_numbers(data, client.UniversalData)


PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from marshrut.universal.ttypes import UniversalData
from thrift.protocol.TJSONProtocol import TJSONProtocol
from thrift.transport.TTransport import TMemoryBuffer

data = UniversalData()
data.read(TJSONProtocol(TMemoryBuffer(sys.stdin.buffer.read())))
data.validate()
again = TMemoryBuffer()
data.write(TJSONProtocol(again))
print(again.getvalue().decode())
"""


@pytest.mark.skipif(
    shutil.which("thrift") is None, reason="needs Apache's compiler: apt-get install thrift-compiler"
)
@pytest.mark.filterwarnings("ignore")
def test_F6_a_program_made_by_apaches_compiler_reads_and_writes_the_same(tmp_path: Path) -> None:
    subprocess.run(["thrift", "-out", str(tmp_path), "--gen", "py", str(DEFINITION)], check=True)
    sent = to_thrift(heidelberg())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], input=sent.encode(), capture_output=True, check=True
    )
    assert json.loads(done.stdout) == json.loads(sent)


def test_F6_the_published_definition_is_that_of_the_contract() -> None:
    assert DEFINITION.read_text(encoding="utf-8") == idl()


def contract_types(entity: Any, found: set[type]) -> set[type]:
    """Dataclasses and enumerations of the contract that a type's annotations name."""
    if isinstance(entity, type) and issubclass(entity, Enum):
        found.add(entity)
    elif isinstance(entity, type) and is_dataclass(entity) and entity not in found:
        found.add(entity)
        for field in fields(entity):
            contract_types(field.type, found)
    for part in get_args(entity):
        contract_types(part, found)
    return found


def test_F6_every_field_of_the_model_is_in_the_definition() -> None:
    types = contract_types(UniversalData, set())
    assert len(types) > 80
    for entity in types:
        struct = getattr(client, entity.__name__)
        if issubclass(entity, Enum):
            assert list(struct._NAMES_TO_VALUES) == [member.value for member in entity]
        else:
            names = [
                spec[1].replace("from_time", "start").replace("to_time", "end")
                for spec in struct.thrift_spec.values()
            ]
            assert names == [field.name for field in fields(entity)]
    assert types == set(types_used())


@pytest.mark.parametrize("text", ['"', "\\", "\n\t\r", "\x01\x1f\x7f", "Ä 漢 𝄞", "\u2028", "</r>", "{}[],:"])
def test_F6_any_text_survives(text: str) -> None:
    data = {"dataset_name": text}
    assert from_thrift(to_thrift(data)) == data


def test_F6_every_digit_of_a_number_survives() -> None:
    for number in (0.1 + 0.2, 1 / 3, 1e-300, 123456789.123456789, 0.0, 5e-324):
        data = {"locations": [{"key": "k", "geopoint": {"latitude": number, "longitude": -number}}]}
        assert from_thrift(to_thrift(data)) == data


def test_F6_fields_of_a_later_version_are_skipped() -> None:
    later = '{"13":{"str":"name"},"99":{"rec":{"1":{"lst":["i32",2,1,2]}}}}'
    assert from_thrift(later) == {"dataset_name": "name"}
