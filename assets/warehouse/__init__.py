"""Archive → figures: the register tables of one K, the SQL models of one B, and the history of figures.

`models` (what SQL there is and its order) → `build` (tables in a DuckDB file of the run's own).
An indicator's SQL yields its items; roll-up, states and lists are made once for all, in `sql/marts`.
"""
