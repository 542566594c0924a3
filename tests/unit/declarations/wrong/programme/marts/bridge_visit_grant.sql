select fct_visit.visit_code, dim_grant.grant_code
from fct_visit
inner join dim_grant on fct_visit.visited_on between dim_grant.active_from and dim_grant.active_to
