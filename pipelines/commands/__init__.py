"""The bodies of the commands: `cli` says how they are called, each module here what one does and what people read."""
