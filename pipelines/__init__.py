"""How and when it runs: Dagster's definitions, the command line, the demo. Nothing else knows these."""
