"""What a person should act on: found each night, sent once, and sent again when it is over.

`queries` (one per kind, in `sql/alerts/`) → `findings` (what is wrong tonight) → `state` (new, still open, closed) →
`digest` → `messages` → `outbox` → `channels`. `evaluate` does the first half before the switch; `send` the second
after it, or both after a night that failed; `notify` keeps who has heard of what. `configuration` and `recipients`
say who is notified, how, and what is muted. `damaged` sets aside files of the wing's own that can't be read.
"""
