"""What is wrong inside deliveries: quarantine, references, personal numbers, checks that failed.

One alert per organisation and register, per failed check for those: the lists beside larm.csv hold the rows.
"""

VOLUME = "volym_mot_forra"
"""The expectation of the suites that holds a delivery's size against the one before."""

QUARANTINE = """
    SELECT
        organisation, 'rader i karantän' AS kind, if(rows > 0, 'varning', 'info') AS severity, register,
        CASE
            WHEN rows > 0 AND cells > 0 THEN rows || if(rows = 1, ' rad', ' rader') || ' av ' || register
                || ' är i karantän och ' || cells || if(cells = 1, ' cell', ' celler') || ' gick inte att läsa.'
            WHEN rows > 0 THEN rows || if(rows = 1, ' rad', ' rader') || ' av ' || register || ' är i karantän.'
            ELSE cells || if(cells = 1, ' cell', ' celler') || ' av ' || register || ' gick inte att läsa.'
        END || ' Se karantan.csv.' AS text
    FROM (
        SELECT
            organisation, register,
            count(DISTINCT (delivery, row)) FILTER (WHERE effect = 'raden') AS rows,
            count(*) FILTER (WHERE effect != 'raden') AS cells
        FROM marts.quarantine
        GROUP BY ALL
    )
"""

UNMATCHED = """
    SELECT
        organisation, 'omatchade poster' AS kind, 'varning' AS severity, register,
        count(*) || if(count(*) = 1, ' hänvisning', ' hänvisningar') || ' i ' || register || ' pekar på '
            || 'något som inte finns. Se bristlistor/omatchade.csv.' AS text
    FROM marts.unmatched
    GROUP BY organisation, register
"""

PERSONAL_NUMBERS = """
    SELECT
        organisation, 'personnummer i fritext' AS kind, 'varning' AS severity, register,
        count(*) || if(count(*) = 1, ' ställe', ' ställen') || ' i ' || register
            || ' ser ut att innehålla personnummer. Se bristlistor/personnummer_i_fritext.csv.' AS text
    FROM intake.personal_numbers
    GROUP BY organisation, register
"""

CHECKS = f"""
    SELECT
        coalesce(result.organisation, $city) AS organisation,
        if(result.expectation = '{VOLUME}', 'volymfall', 'kontroll underkänd') AS kind,
        result.severity, register.register,
        result."table" || chr(31) || result.expectation AS about,
        coalesce(register.register, result."table") || ': ' || result.explanation || if(
            result.severity = 'kritisk' AND result.organisation IS NOT NULL,
            ' Publiceringen är spärrad: det som visas är från en tidigare natt.', ''
        ) AS text
    FROM validation.results AS result
    LEFT JOIN intake.registers AS register
        ON register.register = split_part(result."table", '.', -1)
    WHERE NOT result.ok AND result.severity IN ('kritisk', 'varning')
"""
