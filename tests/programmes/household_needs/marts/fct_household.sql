with answer as (

    select * from accepted.household_needs

),

final as (

    select
        answer.submission_key,
        make_date(answer.survey_year, 12, 31) as surveyed_on,
        answer.admin1,
        answer.admin1 as area,
        -- The published results know no weights: all answers count the same.
        1.0::double as weight,
        answer.income_salaried_work,
        answer.expenditure_debt,
        answer.water_source,
        -- The answers to a question with several answers stand in one text, divided by blanks.
        string_split(answer.learning_barriers, ' ') as learning_barriers,
        [answer._record_key] as _record_keys
    from answer

)

select * from final
