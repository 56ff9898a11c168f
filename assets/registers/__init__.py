"""The contracts: what the source systems deliver. One register = one TOML file in this folder."""
