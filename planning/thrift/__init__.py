"""The model in Apache Thrift's JSON protocol, with its published definition."""

from planning.thrift.idl import idl
from planning.thrift.protocol import from_thrift, to_thrift

__all__ = ["from_thrift", "idl", "to_thrift"]
