"""driftwatch keeps git, the local database and every remote provably the same."""

__version__ = "0.1.0"
