"""What a person should act on: found each night, told once, and told again when it is over.

`findings` (what is wrong tonight) → `state` (new, still open, closed) → `digest` → `render` → `outbox` → `channels`.
`decide` does the first half before the switch, `send` the second after it; `failed` does both where the night
itself went wrong. `configuration` says who is told, how, and what is muted.
"""
