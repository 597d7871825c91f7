"""Handing many arrays to compiled code as one pointer.

The evaluator and the search work on some eighty arrays. Passed as a tuple they would be copied at every call
(hundreds of words) and make the compiler's work ten times longer. A handle is the address of a directory of
the arrays instead: data address and shape of each. Compiled code reads ``handle.field`` as a contiguous
array; the directory never changes, which the loads tell the optimiser.

The arrays stay owned by the named tuple on the Python side, which a `Handle` keeps alive.
"""

from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.datamodel.models import OpaqueModel
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import populate_array

Arrays = TypeVar("Arrays", bound=NamedTuple)

MOST_DIMENSIONS = 3
CELLS = 1 + MOST_DIMENSIONS  # data address and shape, for each array


class HandleType(types.Opaque):
    """Compile-time type of a handle: the arrays' names, element types and dimensions, in order."""

    def __init__(self, fields: tuple[tuple[str, str, int], ...]) -> None:
        self.fields = fields
        self.position = {name: i for i, (name, _, _) in enumerate(fields)}
        super().__init__(name=f"Handle({fields})")

    def array(self, name: str) -> types.Array:
        """Compile-time type of one of the arrays."""
        _, kind, dimensions = self.fields[self.position[name]]
        return types.Array(types.bool_ if kind == "bool" else getattr(types, kind), dimensions, "C")


register_model(HandleType)(OpaqueModel)


class Handle:
    """Run-time handle of a named tuple of C-contiguous arrays.

    Parameters
    ----------
    arrays : NamedTuple of arrays
        Kept alive as long as the handle.
    """

    __slots__ = ("address", "arrays", "directory", "type")

    def __getattr__(self, name: str) -> Any:
        """The named array, so that Python reads a handle like the tuple behind it."""
        return getattr(self.arrays, name)

    def __init__(self, arrays: NamedTuple) -> None:
        self.arrays = arrays
        fields = []
        self.directory = np.zeros(CELLS * len(arrays), dtype=np.int64)
        for i, (name, array) in enumerate(zip(arrays._fields, arrays, strict=True)):
            if not array.flags.c_contiguous or array.ndim > MOST_DIMENSIONS:
                raise ValueError(f"{name}: a contiguous array of at most {MOST_DIMENSIONS} dimensions wanted")
            fields.append((name, str(array.dtype), array.ndim))
            self.directory[CELLS * i] = array.ctypes.data
            self.directory[CELLS * i + 1 : CELLS * i + 1 + array.ndim] = array.shape
        self.type = HandleType(tuple(fields))
        self.address = int(self.directory.ctypes.data)


def share(arrays: Arrays) -> Arrays:
    """A handle of a named tuple of arrays; Python and compiled code both read it like the tuple."""
    return cast(Arrays, Handle(arrays))


@typeof_impl.register(Handle)
def _typeof(value: Handle, _context: object) -> HandleType:
    return value.type


@unbox(HandleType)
def _unbox(typ: HandleType, value: Any, c: Any) -> NativeValue:
    """Take the directory's address out of the Python object."""
    attribute = c.pyapi.object_getattr_string(value, "address")
    address = c.pyapi.long_as_longlong(attribute)
    c.pyapi.decref(attribute)
    return NativeValue(c.builder.inttoptr(address, c.context.get_value_type(typ)))


@infer_getattr
class _HandleAttributes(AttributeTemplate):
    key = HandleType

    def generic_resolve(self, typ: Any, attr: Any) -> Any:  # type: ignore[override]  # absent by default
        """Type of ``handle.attr``."""
        return typ.array(attr) if attr in typ.position else None


@lower_getattr_generic(HandleType)
def _lower(context: Any, builder: Any, typ: HandleType, value: Any, name: str) -> Any:
    """Machine code for ``handle.name``: an array made from the directory's entry."""
    array_type = typ.array(name)
    word = ir.IntType(64)
    directory = builder.bitcast(value, word.as_pointer())
    constant = builder.module.add_metadata([])

    def cell(offset: int) -> Any:
        pointer = builder.gep(directory, [word(CELLS * typ.position[name] + offset)])
        load = builder.load(pointer)
        load.set_metadata("invariant.load", constant)
        return load

    shape = [cell(1 + axis) for axis in range(array_type.ndim)]
    item = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    strides = [word(item)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array = context.make_array(array_type)(context, builder)
    populate_array(
        array,
        data=builder.inttoptr(cell(0), array.data.type),
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=word(item),
        meminfo=None,
    )
    return array._getvalue()
