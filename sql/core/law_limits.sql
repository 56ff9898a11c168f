/*
about = """One row per limit that a law sets, and time in which it is in force: a change of law is a row more. The law of
an incident or a request is the one in force on the day of Kännedom (of Registrerad where it is empty) or of Inkommen
(docs/spec/indicators.md, Limits). `in_force_from` is empty for the first law of a step, which also judges what came
before it. `starts`: the column whose moment the time is counted from. `counting`: elapsed hours, or the way in which
core.limit_days moves a limit that is a day. `duration`: the span as an interval."""
grain = ["register", "step", "in_force_from"]
*/
select
    limits.register,
    limits.law,
    limits.paragraph,
    limits.step,
    limits.starts,
    limits.span,
    limits.unit,
    limits.counting,
    cast(limits.in_force_from as date) as in_force_from,
    cast(limits.in_force_to as date) as in_force_to,
    limits.source,
    case limits.unit
        when 'hours' then to_hours(limits.span)
        when 'weeks' then to_days(7 * limits.span)
        when 'months' then to_months(limits.span)
    end as duration
from (
    values
        ('personuppgiftsincidenter', 'GDPR', 'art. 33(1)', 'Anmäld IMY', 'Kännedom', 72, 'hours', 'elapsed',
            null, null, 'förordning (EU) 2016/679; räknat strängt, förordning 1182/71 art. 3(1)'),
        ('nis_incidenter', '2018:1174', '18 §', 'Första rapport', 'Kännedom', 6, 'hours', 'elapsed',
            null, '2026-01-14', 'lag (2018:1174); MSBFS 2018:9'),
        ('nis_incidenter', '2018:1174', '18 §', 'Incidentanmälan', 'Kännedom', 24, 'hours', 'elapsed',
            null, '2026-01-14', 'lag (2018:1174); MSBFS 2018:9'),
        ('nis_incidenter', '2018:1174', '18 §', 'Slutrapport', 'Kännedom', 4, 'weeks', 'swedish',
            null, '2026-01-14', 'lag (2018:1174); MSBFS 2018:9'),
        ('nis_incidenter', '2025:1506', '2 kap. 5 §', 'Första rapport', 'Kännedom', 24, 'hours', 'elapsed',
            '2026-01-15', null, 'cybersäkerhetslagen (2025:1506)'),
        ('nis_incidenter', '2025:1506', '2 kap. 6 §', 'Incidentanmälan', 'Kännedom', 72, 'hours', 'elapsed',
            '2026-01-15', null, 'cybersäkerhetslagen (2025:1506)'),
        ('nis_incidenter', '2025:1506', '2 kap. 8 §', 'Lägesrapport', 'Incidentanmälan', 1, 'months', 'swedish',
            '2026-01-15', null, 'cybersäkerhetslagen (2025:1506)'),
        ('nis_incidenter', '2025:1506', '2 kap. 8 §', 'Slutrapport', 'Incidentanmälan, Hanterad', 1, 'months',
            'swedish', '2026-01-15', null, 'cybersäkerhetslagen (2025:1506)'),
        ('begaran', 'GDPR', 'art. 12(3)', 'Svar', 'Inkommen', 1, 'months', 'eu',
            null, null, 'förordning (EU) 2016/679'),
        ('begaran', 'GDPR', 'art. 12(3)', 'Svar efter förlängning', 'Inkommen', 3, 'months', 'eu',
            null, null, 'förordning (EU) 2016/679')
) as limits (
    register, law, paragraph, step, starts, span, unit, counting, in_force_from, in_force_to, source
)
