"""Print the definition: ``python -m planning.thrift > planning/thrift/universal.thrift``."""

import sys

from planning.thrift.idl import idl

sys.stdout.write(idl())
