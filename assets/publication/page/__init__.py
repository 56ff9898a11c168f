"""The coordinator's page: a folder of plain HTML for one organisation, or for the city, that opens from a file share.

`site` writes it. What stands on the first page is in `overview`, `changes` and `beside`, on an indicator's in
`indicator`, `development` and `gaps`, on the others in `deliveries` and `year`; `lists` makes tables of it, `words`
says it in Swedish, `render` puts it into the templates. `front` writes the page that leads to every organisation,
`mark` tells on a kept folder's pages that they are not tonight's. No page needs a script, and none asks for any
address.
"""
