"""The coordinator's page: a folder of plain HTML for one organisation, or for the city, that opens from a file share.

`site` writes it. What stands on the first page is in `overview`, `changes` and `sidebar`, on an indicator's in
`indicator`, `trend` and `gaps`, on the others in `deliveries` and `year`; `html_table` makes tables of it,
`line_chart` draws, `render` puts it into the templates. `front` writes the page that leads to every organisation,
`stale_notice` tells on a kept folder's pages that they are not tonight's. No page needs a script, and none asks for
any address.
"""
