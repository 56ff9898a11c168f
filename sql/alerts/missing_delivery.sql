/*
about = "One row per register of which its organisation (the city's: `staden`) has delivered nothing."
kind = "leverans saknas"
severity = "varning"
*/
select
    delivery.organisation,
    delivery.register,
    concat('Ingen leverans av ', delivery.register, ' har kommit.') as text
from marts.deliveries as delivery
where delivery.status = 'saknas'
