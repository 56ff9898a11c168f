/*
about = """The deliveries that an organisation's figures stand on: its own and the city's. `$organisation`: whose."""
grain = ["indicator", "register", "name"]
*/
select
    source.indicator,
    delivery.register,
    delivery.name,
    delivery.sha256,
    delivery.delivered,
    delivery.confirmed,
    delivery.source,
    delivery.mapping
from catalogue.sources as source
inner join intake.deliveries as delivery
    on delivery.register = source.register
where
    delivery.status = 'i kraft'
    and delivery.organisation in ($organisation, 'staden')
order by delivery.position, source.indicator
