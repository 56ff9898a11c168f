/*
about = """One row per type of governing document that an organisation must have (docs/spec/indicators.md, STY-02:
"the ten types"): the values of Typ in the contract of styrdokument."""
grain = ["typ"]
*/
select type.typ
from (
    values
        ('Lokal anvisning'),
        ('Rutin personuppgiftsincidenter'),
        ('Rutin NIS-incidenter'),
        ('Rutin uppföljning incidenter'),
        ('Behörighetsrutin'),
        ('Rutin skyddade personuppgifter'),
        ('Rutin inventering registerförteckning'),
        ('Rutin registrerades rättigheter'),
        ('Rutin upphandling'),
        ('Årshjul')
) as type (typ)
