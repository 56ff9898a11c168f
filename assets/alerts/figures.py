"""What the figures say: indicators that are red or ej mätbar, and statutory clocks that are running out."""

INDICATORS = """
    SELECT
        value.organisation,
        if(value.state = 'röd', 'indikator röd', 'ej mätbar') AS kind,
        if(value.state = 'röd' AND indicator.law, 'kritisk', 'varning') AS severity,
        value.indicator,
        value.indicator || ' ' || indicator.title || CASE
            WHEN value.state = 'ej mätbar' THEN ' är ej mätbar: ' || value.reason
            WHEN indicator.kind = 'open' THEN ' är röd: ' || value.numerator || ' öppna'
            WHEN indicator.kind = 'count' THEN ' är röd: ' || value.numerator || ', minst ' || indicator.target
                || ' krävs'
            ELSE ' är röd: ' || replace(CAST(value.value AS VARCHAR), '.', ',') || ' %, målet är '
                || indicator.target || ' %'
        END || '.' AS text
    FROM marts.indicator_values AS value
    JOIN catalogue.indicators AS indicator USING (indicator)
    WHERE value.level != 'unit' AND value.state IN ('röd', 'ej mätbar')
"""

CLOCKS = """
    SELECT
        organisation, 'tidsfrist' AS kind, 'kritisk' AS severity, enhet AS unit,
        if(law = 'GDPR', 'personuppgiftsincidenter', 'nis_incidenter') AS register,
        arende_id || chr(31) || step AS about,
        CASE
            WHEN wall IS NULL THEN 'Okänt när tiden går ut, kännedom saknas: '
            WHEN wall < as_of THEN shown || ' gick tiden ut: '
            ELSE shown || ' går tiden ut: '
        END || if(law = 'GDPR', 'anmälan till IMY', lower(step)) || ' i ärende ' || arende_id || '.' AS text
    FROM (
        SELECT
            report.organisation, report.arende_id, report.step, report.law, report.enhet, review.as_of,
            clock.limit_first, clock.limit_first < review.day_end + INTERVAL 24 HOUR AS soon,
            timezone('Europe/Stockholm', timezone('UTC', clock.limit_first)) AS wall,
            -- a limit that isn't known to the minute is told as the first day on which it may fall
            left(strftime(wall, '%Y-%m-%d %H:%M'), if(clock.limit_first = clock.limit_last, 16, 10)) AS shown
        FROM core.incident_steps AS report
        JOIN core.incident_deadlines AS clock USING (organisation, arende_id, step)
        CROSS JOIN core.review AS review
        WHERE
            coalesce(report.done_day > review.as_of, true)
            AND report.recorded IS DISTINCT FROM false  -- else whether it is done isn't known
    )
    -- hours are counted from the end of the night's day: nobody reads it sooner, and a rerun says the same
    WHERE law = 'GDPR' OR limit_first IS NULL OR soon
"""
"""One per incident and report that is not done: to IMY as soon as there is a risk (GDPR art. 33), a NIS step
when 24 hours or less remain (cybersäkerhetslagen 2 kap. 5–8 §§); and until it is done, however late. The text
begins with the limit, so that sorted it is in order of time."""
