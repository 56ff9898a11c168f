/*
about = """One row per thing that is to be done by a day: what the calendar and the annual wheel show. From 1 January of
B's year, so that what is overdue stays in sight, and for three years ahead; what is done is not here. `kind`
says what it is, `key` which one (its register's key), `label` what it is called where that may be told,
`moment` (UTC) the limit where it is a clock time. What has never been inventoried has no day: it is a gap.
The sources of the rules are those of the indicators named."""
grain = ["organisation", "kind", "key"]
*/
with places as (
    select organisation.organisation
    from intake.organisations as organisation
    union all
    select 'staden' as organisation
),

reviews as (
    select
        place.organisation,
        greatest(max(earlier.as_of), if(review.nightly, null, review.as_of)) as as_of
    from places as place
    cross join core.review as review
    left join history.series as earlier
        on earlier.organisation = place.organisation
        and not earlier.night
    group by place.organisation, review.nightly, review.as_of
),

-- PUB-02: of each system that needs an agreement, the signed one that holds longest; what it replaced is over, and
-- one without an end outlasts them all
longest_agreements as (
    select
        agreement.organisation,
        agreement.avtals_id,
        agreement.galler_till
    from registers.pub_avtal as agreement
    cross join core.review as review
    semi join core.supplied_systems as system
        on system.organisation = agreement.organisation
        and system.system_id = agreement.system_id
    semi join registers.pub_avtal as need
        on need.organisation = agreement.organisation
        and need.system_id = agreement.system_id
        and need.behov
    where agreement.tecknat <= review.as_of
    qualify row_number() over (
        partition by agreement.organisation, agreement.system_id
        order by agreement.galler_till desc nulls first, agreement.avtals_id
    ) = 1
),

everything as (
    -- KLA-03: followed up within 12 months
    select
        classification.organisation,
        'uppföljning av klassning' as kind,
        concat(classification.avser, ' / ', classification.avser_id) as key,
        null as label,
        cast(classification.genomford + interval 12 month as date) as due,
        null as moment
    from core.completed_classifications as classification
    where
        classification.latest
        and classification.object_active
    union all
    -- KLA-10
    select
        asset.organisation,
        'inventering av informationstillgång' as kind,
        asset.tillgangs_id as key,
        null as label,
        cast(asset.bekraftad + interval 12 month as date) as due,
        null as moment
    from core.active_assets as asset
    cross join core.review as review
    where asset.bekraftad <= review.as_of
    union all
    -- REG-03
    select
        record.organisation,
        'inventering av registrering' as kind,
        record.behandlings_id as key,
        null as label,
        cast(record.senast_inventerad + interval 12 month as date) as due,
        null as moment
    from core.active_records as record
    cross join core.review as review
    where record.senast_inventerad <= review.as_of
    union all
    -- DPIA-02
    select
        assessment.organisation,
        'översyn av konsekvensbedömning' as kind,
        assessment.dpia_id as key,
        null as label,
        cast(assessment.reviewed + interval 24 month as date) as due,
        null as moment
    from core.decided_assessments as assessment
    union all
    -- STY-01, STY-02: of each type the document that was decided or reviewed last
    select
        document.organisation,
        'översyn av styrdokument' as kind,
        document.typ as key,
        document.typ as label,
        cast(max(document.reviewed) + interval 12 month as date) as due,
        null as moment
    from core.decided_documents as document
    group by document.organisation, document.typ
    union all
    -- PLAN-02
    select
        activity.organisation,
        'aktivitet i handlingsplanen' as kind,
        activity.aktivitets_id as key,
        activity.aktivitet as label,
        activity.klar_senast as due,
        null as moment
    from core.plan_activities as activity
    where not activity.done
    union all
    -- IKP-03
    select
        control.organisation,
        'åtgärd efter internkontroll' as kind,
        control.kontroll_id as key,
        null as label,
        control.atgard_klar_senast as due,
        null as moment
    from registers.internkontroll as control
    cross join core.review as review
    where
        control.resultat = 'Avvikelse'
        and not coalesce(control.atgard_klar <= review.as_of, false)
    union all
    -- INC-06
    select
        incident.organisation,
        'åtgärd efter incident' as kind,
        incident.arende_id as key,
        null as label,
        incident.atgard_klar_senast as due,
        null as moment
    from registers.personuppgiftsincidenter as incident
    cross join core.review as review
    where not coalesce(incident.atgard_klar <= review.as_of, false)
    union all
    -- INC-03, INC-07
    select
        deadline.organisation,
        'tidsfrist för rapport' as kind,
        concat(deadline.arende_id, ' / ', deadline.step) as key,
        case deadline.step
            when 'Anmäld IMY' then concat('Anmäl ärende ', deadline.arende_id, ' till IMY')
            when 'Första rapport' then concat('Lämna den första rapporten i ärende ', deadline.arende_id)
            when 'Incidentanmälan' then concat('Lämna incidentanmälan i ärende ', deadline.arende_id)
            else concat('Lämna ', lower(deadline.step), 'en i ärende ', deadline.arende_id)
        end as label,
        cast(timezone('Europe/Stockholm', timezone('UTC', deadline.limit_last)) as date) as due,
        if(deadline.limit_day is null, deadline.limit_last, null) as moment
    from core.incident_deadlines as deadline
    where deadline.verdict in ('not due', 'missing')
    union all
    -- RTT-01
    select
        request.organisation,
        'svar på begäran' as kind,
        request.arende_id as key,
        null as label,
        request.limit_day as due,
        null as moment
    from core.request_deadlines as request
    cross join core.review as review
    where
        request.inkommen <= review.as_of
        and not request.answered
    union all
    -- BES-01
    select
        decision.organisation,
        'beslut från ledningens genomgång' as kind,
        decision.besluts_id as key,
        decision.beslut as label,
        decision.klar_senast as due,
        null as moment
    from core.decisions as decision
    where not decision.done
    union all
    -- RSK-01
    select
        risk.organisation,
        'bedömning av risk' as kind,
        risk.risk_id as key,
        null as label,
        cast(risk.bedomd + interval 12 month as date) as due,
        null as moment
    from core.active_risks as risk
    cross join core.review as review
    where risk.bedomd <= review.as_of
    union all
    -- RSK-03
    select
        risk.organisation,
        'åtgärd mot risk' as kind,
        risk.risk_id as key,
        null as label,
        risk.klar_senast as due,
        null as moment
    from core.active_risks as risk
    where
        risk.hantering = 'Åtgärda'
        and not risk.treated
    union all
    -- PUB-02
    select
        agreement.organisation,
        'avtal med biträde löper ut' as kind,
        agreement.avtals_id as key,
        null as label,
        agreement.galler_till as due,
        null as moment
    from longest_agreements as agreement
    union all
    -- the city's courses are everybody's
    select
        organisation.organisation,
        'utbildning släpps' as kind,
        concat(requirement.kurskod, ' / ', requirement.avsnitt) as key,
        requirement.kurs as label,
        requirement.slapps as due,
        null as moment
    from registers.utbildningskrav as requirement
    cross join places as organisation
    cross join core.review as review
    where requirement.slapps >= review.as_of
    union all
    -- a year after the last one; where that is long ago or there was none, 31 October, the source document's own day
    select
        organisation.organisation,
        'ledningens genomgång' as kind,
        'genomgång' as key,
        null as label,
        if(
            last_review.as_of + interval 12 month >= review.year_start,
            cast(last_review.as_of + interval 12 month as date),
            make_date(review.year + if(review.as_of > make_date(review.year, 10, 31), 1, 0), 10, 31)
        ) as due,
        null as moment
    from places as organisation
    cross join core.review as review
    left join reviews as last_review
        on last_review.organisation = organisation.organisation
)

select
    everything.organisation,
    everything.kind,
    everything.key,
    everything.label,
    everything.due,
    everything.moment
from everything
cross join core.review as review
where
    everything.due >= review.year_start
    and everything.due <= review.as_of + interval 36 month
