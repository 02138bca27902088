-- role_assignment: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.

-- admin: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when ("t"."private" = 0
  or ("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))))
  or ("t"."principal_id" = 'the admin'
    or "t"."principal_id" in (
      select m.team_id
      from team_member as m
      where m.account_id = 'the admin'))) then 1 else 0 end as "may_0", case when ("t"."private" = 0
  or ("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))))) then 1 else 0 end as "may_1", (
  select count(*)
  from "role_assignment" as t
  where ("t"."private" = 0
    or ("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))))
    or ("t"."principal_id" = 'the admin'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the admin')))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where "t"."private" = 0
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."scope" = 'resource'
        and (("t"."resource_type" = 'stack'
            and exists (
              select 1
              from "stack" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'stack_component'
            and exists (
              select 1
              from "stack_component" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'flavor'
            and exists (
              select 1
              from "flavor" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'secret'
            and exists (
              select 1
              from "secret" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'service_connector'
            and exists (
              select 1
              from "service_connector" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'pipeline'
            and exists (
              select 1
              from "pipeline" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'run'
            and exists (
              select 1
              from "pipeline_run" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'webhook'
            and exists (
              select 1
              from "webhook" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'trigger'
            and exists (
              select 1
              from "run_trigger" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'deployment'
            and exists (
              select 1
              from "deployment" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'service'
            and exists (
              select 1
              from "service" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'artifact'
            and exists (
              select 1
              from "artifact" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'model'
            and exists (
              select 1
              from "model" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'code_repository'
            and exists (
              select 1
              from "code_repository" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))
          or ("t"."resource_type" = 'tag'
            and exists (
              select 1
              from "tag" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the admin'
                or "x"."private" = 0)))))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."principal_id" = 'the admin'
        or "t"."principal_id" in (
          select m.team_id
          from team_member as m
          where m.account_id = 'the admin'))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_2") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "role_assignment" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- admin: get
select "t"."id" as "id"
from "role_assignment" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."private" = 0
    or ("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the admin'
              or "x"."private" = 0)))))
    or ("t"."principal_id" = 'the admin'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the admin'))))

-- admin: may update
select ("t"."private" = 0
  or ("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the admin'
            or "x"."private" = 0)))))) as may
from "role_assignment" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- project developer: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when (("t"."project_id" in ('the project main')
    and "t"."private" = 0)
  or ("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0)
            or (exists (
                select 1
                from "pipeline" as "x_pipeline_id"
                where "x_pipeline_id"."id" = "x"."pipeline_id"
                and "x_pipeline_id"."user_id" = 'the project developer')
              and "x"."private" = 0)
            or (exists (
                select 1
                from "pipeline" as "x_pipeline_id"
                where "x_pipeline_id"."id" = "x"."pipeline_id"
                and ("x_pipeline_id"."project_id" in ('the project main')
                  and "x_pipeline_id"."private" = 0))
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the project developer'
            or ("x"."project_id" in ('the project main')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the project developer'))))
  or ("t"."principal_id" = 'the project developer'
    or "t"."principal_id" in (
      select m.team_id
      from team_member as m
      where m.account_id = 'the project developer'))) then 1 else 0 end as "may_0", case when ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the project developer')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and ("x_pipeline_id"."project_id" in ('the project main')
                and "x_pipeline_id"."private" = 0))
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer')))) then 1 else 0 end as "may_1", (
  select count(*)
  from "role_assignment" as t
  where (("t"."project_id" in ('the project main')
      and "t"."private" = 0)
    or ("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the project developer')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and ("x_pipeline_id"."project_id" in ('the project main')
                    and "x_pipeline_id"."private" = 0))
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))))
    or ("t"."principal_id" = 'the project developer'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the project developer')))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."project_id" in ('the project main')
        and "t"."private" = 0)
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."scope" = 'resource'
        and (("t"."resource_type" = 'stack'
            and exists (
              select 1
              from "stack" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))
          or ("t"."resource_type" = 'stack_component'
            and exists (
              select 1
              from "stack_component" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))
          or ("t"."resource_type" = 'flavor'
            and exists (
              select 1
              from "flavor" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))
          or ("t"."resource_type" = 'secret'
            and exists (
              select 1
              from "secret" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))
          or ("t"."resource_type" = 'service_connector'
            and exists (
              select 1
              from "service_connector" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))
          or ("t"."resource_type" = 'pipeline'
            and exists (
              select 1
              from "pipeline" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'run'
            and exists (
              select 1
              from "pipeline_run" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0)
                or (exists (
                    select 1
                    from "pipeline" as "x_pipeline_id"
                    where "x_pipeline_id"."id" = "x"."pipeline_id"
                    and "x_pipeline_id"."user_id" = 'the project developer')
                  and "x"."private" = 0)
                or (exists (
                    select 1
                    from "pipeline" as "x_pipeline_id"
                    where "x_pipeline_id"."id" = "x"."pipeline_id"
                    and ("x_pipeline_id"."project_id" in ('the project main')
                      and "x_pipeline_id"."private" = 0))
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'webhook'
            and exists (
              select 1
              from "webhook" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'trigger'
            and exists (
              select 1
              from "run_trigger" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'deployment'
            and exists (
              select 1
              from "deployment" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'service'
            and exists (
              select 1
              from "service" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'artifact'
            and exists (
              select 1
              from "artifact" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'model'
            and exists (
              select 1
              from "model" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'code_repository'
            and exists (
              select 1
              from "code_repository" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the project developer'
                or ("x"."project_id" in ('the project main')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'tag'
            and exists (
              select 1
              from "tag" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the project developer'))))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."principal_id" = 'the project developer'
        or "t"."principal_id" in (
          select m.team_id
          from team_member as m
          where m.account_id = 'the project developer'))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_2") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "role_assignment" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- project developer: get
select "t"."id" as "id"
from "role_assignment" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (("t"."project_id" in ('the project main')
      and "t"."private" = 0)
    or ("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the project developer')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and ("x_pipeline_id"."project_id" in ('the project main')
                    and "x_pipeline_id"."private" = 0))
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the project developer'
              or ("x"."project_id" in ('the project main')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the project developer'))))
    or ("t"."principal_id" = 'the project developer'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the project developer'))))

-- project developer: may update
select ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the project developer')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and ("x_pipeline_id"."project_id" in ('the project main')
                and "x_pipeline_id"."private" = 0))
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the project developer'
          or ("x"."project_id" in ('the project main')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the project developer')))) as may
from "role_assignment" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- shared with: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when (("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the shared with'
            or "x"."id" in (
              select a.resource_id
              from role_assignment as a
              join role_permission as rp on rp.role_id = a.role_id
              where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                select 'the shared with' as id
                union all
                select m.team_id
                from team_member as m
                where m.account_id = 'the shared with'
                union all
                select 'server')
              and (a.expires is null or a.expires > 'now')))))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the shared with'
            or "x"."id" in (
              select a.resource_id
              from role_assignment as a
              join role_permission as rp on rp.role_id = a.role_id
              where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
                select 'the shared with' as id
                union all
                select m.team_id
                from team_member as m
                where m.account_id = 'the shared with'
                union all
                select 'server')
              and (a.expires is null or a.expires > 'now'))
            or (exists (
                select 1
                from "pipeline" as "x_pipeline_id"
                where "x_pipeline_id"."id" = "x"."pipeline_id"
                and "x_pipeline_id"."user_id" = 'the shared with')
              and "x"."private" = 0)
            or (exists (
                select 1
                from "pipeline" as "x_pipeline_id"
                where "x_pipeline_id"."id" = "x"."pipeline_id"
                and "x_pipeline_id"."id" in (
                  select a.resource_id
                  from role_assignment as a
                  join role_permission as rp on rp.role_id = a.role_id
                  where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                    select 'the shared with' as id
                    union all
                    select m.team_id
                    from team_member as m
                    where m.account_id = 'the shared with'
                    union all
                    select 'server')
                  and (a.expires is null or a.expires > 'now')))
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the shared with'
            or "x"."id" in (
              select a.resource_id
              from role_assignment as a
              join role_permission as rp on rp.role_id = a.role_id
              where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
                select 'the shared with' as id
                union all
                select m.team_id
                from team_member as m
                where m.account_id = 'the shared with'
                union all
                select 'server')
              and (a.expires is null or a.expires > 'now')))))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the shared with'))))
  or ("t"."principal_id" = 'the shared with'
    or "t"."principal_id" in (
      select m.team_id
      from team_member as m
      where m.account_id = 'the shared with'))) then 1 else 0 end as "may_0", case when ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now')))))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now'))
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the shared with')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now')))))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with')))) then 1 else 0 end as "may_1", (
  select count(*)
  from "role_assignment" as t
  where (("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now'))
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the shared with')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."id" in (
                    select a.resource_id
                    from role_assignment as a
                    join role_permission as rp on rp.role_id = a.role_id
                    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                      select 'the shared with' as id
                      union all
                      select m.team_id
                      from team_member as m
                      where m.account_id = 'the shared with'
                      union all
                      select 'server')
                    and (a.expires is null or a.expires > 'now')))
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))))
    or ("t"."principal_id" = 'the shared with'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with')))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."scope" = 'resource'
        and (("t"."resource_type" = 'stack'
            and exists (
              select 1
              from "stack" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'stack_component'
            and exists (
              select 1
              from "stack_component" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'flavor'
            and exists (
              select 1
              from "flavor" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'secret'
            and exists (
              select 1
              from "secret" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'service_connector'
            and exists (
              select 1
              from "service_connector" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'pipeline'
            and exists (
              select 1
              from "pipeline" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the shared with'
                or "x"."id" in (
                  select a.resource_id
                  from role_assignment as a
                  join role_permission as rp on rp.role_id = a.role_id
                  where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                    select 'the shared with' as id
                    union all
                    select m.team_id
                    from team_member as m
                    where m.account_id = 'the shared with'
                    union all
                    select 'server')
                  and (a.expires is null or a.expires > 'now')))))
          or ("t"."resource_type" = 'run'
            and exists (
              select 1
              from "pipeline_run" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the shared with'
                or "x"."id" in (
                  select a.resource_id
                  from role_assignment as a
                  join role_permission as rp on rp.role_id = a.role_id
                  where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
                    select 'the shared with' as id
                    union all
                    select m.team_id
                    from team_member as m
                    where m.account_id = 'the shared with'
                    union all
                    select 'server')
                  and (a.expires is null or a.expires > 'now'))
                or (exists (
                    select 1
                    from "pipeline" as "x_pipeline_id"
                    where "x_pipeline_id"."id" = "x"."pipeline_id"
                    and "x_pipeline_id"."user_id" = 'the shared with')
                  and "x"."private" = 0)
                or (exists (
                    select 1
                    from "pipeline" as "x_pipeline_id"
                    where "x_pipeline_id"."id" = "x"."pipeline_id"
                    and "x_pipeline_id"."id" in (
                      select a.resource_id
                      from role_assignment as a
                      join role_permission as rp on rp.role_id = a.role_id
                      where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                        select 'the shared with' as id
                        union all
                        select m.team_id
                        from team_member as m
                        where m.account_id = 'the shared with'
                        union all
                        select 'server')
                      and (a.expires is null or a.expires > 'now')))
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'webhook'
            and exists (
              select 1
              from "webhook" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'trigger'
            and exists (
              select 1
              from "run_trigger" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'deployment'
            and exists (
              select 1
              from "deployment" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'service'
            and exists (
              select 1
              from "service" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'artifact'
            and exists (
              select 1
              from "artifact" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'model'
            and exists (
              select 1
              from "model" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the shared with'
                or "x"."id" in (
                  select a.resource_id
                  from role_assignment as a
                  join role_permission as rp on rp.role_id = a.role_id
                  where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
                    select 'the shared with' as id
                    union all
                    select m.team_id
                    from team_member as m
                    where m.account_id = 'the shared with'
                    union all
                    select 'server')
                  and (a.expires is null or a.expires > 'now')))))
          or ("t"."resource_type" = 'code_repository'
            and exists (
              select 1
              from "code_repository" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))
          or ("t"."resource_type" = 'tag'
            and exists (
              select 1
              from "tag" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the shared with'))))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."principal_id" = 'the shared with'
        or "t"."principal_id" in (
          select m.team_id
          from team_member as m
          where m.account_id = 'the shared with'))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "role_assignment" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- shared with: get
select "t"."id" as "id"
from "role_assignment" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now'))
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the shared with')
                and "x"."private" = 0)
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."id" in (
                    select a.resource_id
                    from role_assignment as a
                    join role_permission as rp on rp.role_id = a.role_id
                    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                      select 'the shared with' as id
                      union all
                      select m.team_id
                      from team_member as m
                      where m.account_id = 'the shared with'
                      union all
                      select 'server')
                    and (a.expires is null or a.expires > 'now')))
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the shared with'
              or "x"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the shared with'))))
    or ("t"."principal_id" = 'the shared with'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'))))

-- shared with: may update
select ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now')))))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'run' and rp.permission in ('run:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now'))
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the shared with')
            and "x"."private" = 0)
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."id" in (
                select a.resource_id
                from role_assignment as a
                join role_permission as rp on rp.role_id = a.role_id
                where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:share', 'write') and rp.wide = 0 and a.principal_id in (
                  select 'the shared with' as id
                  union all
                  select m.team_id
                  from team_member as m
                  where m.account_id = 'the shared with'
                  union all
                  select 'server')
                and (a.expires is null or a.expires > 'now')))
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the shared with'
          or "x"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:share', 'write') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now')))))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with'))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the shared with')))) as may
from "role_assignment" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- stranger: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when (("t"."scope" = 'resource'
    and (("t"."resource_type" = 'stack'
        and exists (
          select 1
          from "stack" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'stack_component'
        and exists (
          select 1
          from "stack_component" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'flavor'
        and exists (
          select 1
          from "flavor" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'secret'
        and exists (
          select 1
          from "secret" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'service_connector'
        and exists (
          select 1
          from "service_connector" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'pipeline'
        and exists (
          select 1
          from "pipeline" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'run'
        and exists (
          select 1
          from "pipeline_run" as x
          where x.id = "t"."resource_id"
          and ("x"."user_id" = 'the stranger'
            or (exists (
                select 1
                from "pipeline" as "x_pipeline_id"
                where "x_pipeline_id"."id" = "x"."pipeline_id"
                and "x_pipeline_id"."user_id" = 'the stranger')
              and "x"."private" = 0))))
      or ("t"."resource_type" = 'webhook'
        and exists (
          select 1
          from "webhook" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'trigger'
        and exists (
          select 1
          from "run_trigger" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'deployment'
        and exists (
          select 1
          from "deployment" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'service'
        and exists (
          select 1
          from "service" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'artifact'
        and exists (
          select 1
          from "artifact" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'model'
        and exists (
          select 1
          from "model" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'code_repository'
        and exists (
          select 1
          from "code_repository" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))
      or ("t"."resource_type" = 'tag'
        and exists (
          select 1
          from "tag" as x
          where x.id = "t"."resource_id"
          and "x"."user_id" = 'the stranger'))))
  or ("t"."principal_id" = 'the stranger'
    or "t"."principal_id" in (
      select m.team_id
      from team_member as m
      where m.account_id = 'the stranger'))) then 1 else 0 end as "may_0", case when ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the stranger'
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the stranger')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger')))) then 1 else 0 end as "may_1", (
  select count(*)
  from "role_assignment" as t
  where (("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the stranger'
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the stranger')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))))
    or ("t"."principal_id" = 'the stranger'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the stranger')))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."scope" = 'resource'
        and (("t"."resource_type" = 'stack'
            and exists (
              select 1
              from "stack" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'stack_component'
            and exists (
              select 1
              from "stack_component" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'flavor'
            and exists (
              select 1
              from "flavor" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'secret'
            and exists (
              select 1
              from "secret" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'service_connector'
            and exists (
              select 1
              from "service_connector" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'pipeline'
            and exists (
              select 1
              from "pipeline" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'run'
            and exists (
              select 1
              from "pipeline_run" as x
              where x.id = "t"."resource_id"
              and ("x"."user_id" = 'the stranger'
                or (exists (
                    select 1
                    from "pipeline" as "x_pipeline_id"
                    where "x_pipeline_id"."id" = "x"."pipeline_id"
                    and "x_pipeline_id"."user_id" = 'the stranger')
                  and "x"."private" = 0))))
          or ("t"."resource_type" = 'webhook'
            and exists (
              select 1
              from "webhook" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'trigger'
            and exists (
              select 1
              from "run_trigger" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'deployment'
            and exists (
              select 1
              from "deployment" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'service'
            and exists (
              select 1
              from "service" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'artifact'
            and exists (
              select 1
              from "artifact" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'model'
            and exists (
              select 1
              from "model" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'code_repository'
            and exists (
              select 1
              from "code_repository" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))
          or ("t"."resource_type" = 'tag'
            and exists (
              select 1
              from "tag" as x
              where x.id = "t"."resource_id"
              and "x"."user_id" = 'the stranger'))))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "role_assignment" as t
      where ("t"."principal_id" = 'the stranger'
        or "t"."principal_id" in (
          select m.team_id
          from team_member as m
          where m.account_id = 'the stranger'))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "role_assignment" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- stranger: get
select "t"."id" as "id"
from "role_assignment" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (("t"."scope" = 'resource'
      and (("t"."resource_type" = 'stack'
          and exists (
            select 1
            from "stack" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'stack_component'
          and exists (
            select 1
            from "stack_component" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'flavor'
          and exists (
            select 1
            from "flavor" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'secret'
          and exists (
            select 1
            from "secret" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'service_connector'
          and exists (
            select 1
            from "service_connector" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'pipeline'
          and exists (
            select 1
            from "pipeline" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'run'
          and exists (
            select 1
            from "pipeline_run" as x
            where x.id = "t"."resource_id"
            and ("x"."user_id" = 'the stranger'
              or (exists (
                  select 1
                  from "pipeline" as "x_pipeline_id"
                  where "x_pipeline_id"."id" = "x"."pipeline_id"
                  and "x_pipeline_id"."user_id" = 'the stranger')
                and "x"."private" = 0))))
        or ("t"."resource_type" = 'webhook'
          and exists (
            select 1
            from "webhook" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'trigger'
          and exists (
            select 1
            from "run_trigger" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'deployment'
          and exists (
            select 1
            from "deployment" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'service'
          and exists (
            select 1
            from "service" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'artifact'
          and exists (
            select 1
            from "artifact" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'model'
          and exists (
            select 1
            from "model" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'code_repository'
          and exists (
            select 1
            from "code_repository" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))
        or ("t"."resource_type" = 'tag'
          and exists (
            select 1
            from "tag" as x
            where x.id = "t"."resource_id"
            and "x"."user_id" = 'the stranger'))))
    or ("t"."principal_id" = 'the stranger'
      or "t"."principal_id" in (
        select m.team_id
        from team_member as m
        where m.account_id = 'the stranger'))))

-- stranger: may update
select ("t"."scope" = 'resource'
  and (("t"."resource_type" = 'stack'
      and exists (
        select 1
        from "stack" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'stack_component'
      and exists (
        select 1
        from "stack_component" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'flavor'
      and exists (
        select 1
        from "flavor" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'secret'
      and exists (
        select 1
        from "secret" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'service_connector'
      and exists (
        select 1
        from "service_connector" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'pipeline'
      and exists (
        select 1
        from "pipeline" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'run'
      and exists (
        select 1
        from "pipeline_run" as x
        where x.id = "t"."resource_id"
        and ("x"."user_id" = 'the stranger'
          or (exists (
              select 1
              from "pipeline" as "x_pipeline_id"
              where "x_pipeline_id"."id" = "x"."pipeline_id"
              and "x_pipeline_id"."user_id" = 'the stranger')
            and "x"."private" = 0))))
    or ("t"."resource_type" = 'webhook'
      and exists (
        select 1
        from "webhook" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'trigger'
      and exists (
        select 1
        from "run_trigger" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'deployment'
      and exists (
        select 1
        from "deployment" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'service'
      and exists (
        select 1
        from "service" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'artifact'
      and exists (
        select 1
        from "artifact" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'model'
      and exists (
        select 1
        from "model" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'code_repository'
      and exists (
        select 1
        from "code_repository" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger'))
    or ("t"."resource_type" = 'tag'
      and exists (
        select 1
        from "tag" as x
        where x.id = "t"."resource_id"
        and "x"."user_id" = 'the stranger')))) as may
from "role_assignment" as t
where t.id = '00000000-0000-7000-8000-000000000007'
