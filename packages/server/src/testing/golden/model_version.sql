-- model_version: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.

-- admin: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the admin')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."private" = 0)) then 1 else 0 end as "may_0", (
  select count(*)
  from "model_version" as t
  where ("t"."project_id" = 'the project main'
    and (exists (
        select 1
        from "model" as "t_model_id"
        where "t_model_id"."id" = "t"."model_id"
        and "t_model_id"."user_id" = 'the admin')
      or exists (
        select 1
        from "model" as "t_model_id"
        where "t_model_id"."id" = "t"."model_id"
        and "t_model_id"."private" = 0)))) as list_total
from (
  select pid, pk
  from (
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "model" as "t_model_id" cross
        join "model_version" as t
        where ("t_model_id"."id" = "t"."model_id"
          and "t_model_id"."user_id" = 'the admin'
          and "t_model_id"."project_id" = 'the project main'))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "model_version" as t
      where ("t"."project_id" = 'the project main'
        and exists (
          select 1
          from "model" as "t_model_id"
          where "t_model_id"."id" = "t"."model_id"
          and "t_model_id"."private" = 0))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "model_version" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- admin: get
select "t"."id" as "id"
from "model_version" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and "t_model_id"."user_id" = 'the admin')
    or exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and "t_model_id"."private" = 0)))

-- admin: may update
select (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the admin')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."private" = 0)) as may
from "model_version" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- project developer: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the project developer')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and ("t_model_id"."project_id" in ('the project main')
      and "t_model_id"."private" = 0))) then 1 else 0 end as "may_0", (
  select count(*)
  from "model_version" as t
  where ("t"."project_id" = 'the project main'
    and (exists (
        select 1
        from "model" as "t_model_id"
        where "t_model_id"."id" = "t"."model_id"
        and "t_model_id"."user_id" = 'the project developer')
      or exists (
        select 1
        from "model" as "t_model_id"
        where "t_model_id"."id" = "t"."model_id"
        and "t_model_id"."private" = 0)))) as list_total
from (
  select pid, pk
  from (
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "model" as "t_model_id" cross
        join "model_version" as t
        where ("t_model_id"."id" = "t"."model_id"
          and "t_model_id"."user_id" = 'the project developer'
          and "t_model_id"."project_id" = 'the project main'))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "model_version" as t
      where ("t"."project_id" = 'the project main'
        and exists (
          select 1
          from "model" as "t_model_id"
          where "t_model_id"."id" = "t"."model_id"
          and "t_model_id"."private" = 0))
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "model_version" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- project developer: get
select "t"."id" as "id"
from "model_version" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and "t_model_id"."user_id" = 'the project developer')
    or exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and ("t_model_id"."project_id" in ('the project main')
        and "t_model_id"."private" = 0))))

-- project developer: may update
select (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the project developer')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and ("t_model_id"."project_id" in ('the project main')
      and "t_model_id"."private" = 0))) as may
from "model_version" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- shared with: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the shared with')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:read', 'read') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now')))) then 1 else 0 end as "may_0", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the shared with')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:update', 'write') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now')))) then 1 else 0 end as "may_1", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the shared with')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:delete', 'write') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now')))) then 1 else 0 end as "may_2", case when (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the shared with')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:promote', 'write') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now')))) then 1 else 0 end as "may_3", (
  select count(*)
  from (
    select t.id as pid
    from "model" as "t_model_id" cross
    join "model_version" as t
    where ("t_model_id"."id" = "t"."model_id"
      and "t_model_id"."user_id" = 'the shared with'
      and "t_model_id"."project_id" = 'the project main')
    union
    select t.id as pid
    from "model" as "t_model_id" cross
    join "model_version" as t
    where ("t_model_id"."id" = "t"."model_id"
      and "t_model_id"."id" in (
        select a.resource_id
        from role_assignment as a
        join role_permission as rp on rp.role_id = a.role_id
        where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:read', 'read') and rp.wide = 0 and a.principal_id in (
          select 'the shared with' as id
          union all
          select m.team_id
          from team_member as m
          where m.account_id = 'the shared with'
          union all
          select 'server')
        and (a.expires is null or a.expires > 'now'))
      and "t_model_id"."project_id" = 'the project main')) as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "model" as "t_model_id" cross
        join "model_version" as t
        where ("t_model_id"."id" = "t"."model_id"
          and "t_model_id"."user_id" = 'the shared with'
          and "t_model_id"."project_id" = 'the project main'))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_0"
    union
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "model" as "t_model_id" cross
        join "model_version" as t
        where ("t_model_id"."id" = "t"."model_id"
          and "t_model_id"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:read', 'read') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now'))
          and "t_model_id"."project_id" = 'the project main'))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "model_version" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- shared with: get
select "t"."id" as "id"
from "model_version" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and (exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and "t_model_id"."user_id" = 'the shared with')
    or exists (
      select 1
      from "model" as "t_model_id"
      where "t_model_id"."id" = "t"."model_id"
      and "t_model_id"."id" in (
        select a.resource_id
        from role_assignment as a
        join role_permission as rp on rp.role_id = a.role_id
        where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:read', 'read') and rp.wide = 0 and a.principal_id in (
          select 'the shared with' as id
          union all
          select m.team_id
          from team_member as m
          where m.account_id = 'the shared with'
          union all
          select 'server')
        and (a.expires is null or a.expires > 'now')))))

-- shared with: may update
select (exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the shared with')
  or exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'model' and rp.permission in ('model:update', 'write') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now')))) as may
from "model_version" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- stranger: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", case when exists (
  select 1
  from "model" as "t_model_id"
  where "t_model_id"."id" = "t"."model_id"
  and "t_model_id"."user_id" = 'the stranger') then 1 else 0 end as "may_0", (
  select count(*)
  from (
    select t.id as pid
    from "model" as "t_model_id" cross
    join "model_version" as t
    where ("t_model_id"."id" = "t"."model_id"
      and "t_model_id"."user_id" = 'the stranger'
      and "t_model_id"."project_id" = 'the project main')) as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "model" as "t_model_id" cross
        join "model_version" as t
        where ("t_model_id"."id" = "t"."model_id"
          and "t_model_id"."user_id" = 'the stranger'
          and "t_model_id"."project_id" = 'the project main'))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "model_version" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- stranger: get
select "t"."id" as "id"
from "model_version" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and exists (
    select 1
    from "model" as "t_model_id"
    where "t_model_id"."id" = "t"."model_id"
    and "t_model_id"."user_id" = 'the stranger'))

-- stranger: may update
select exists (
  select 1
  from "model" as "t_model_id"
  where "t_model_id"."id" = "t"."model_id"
  and "t_model_id"."user_id" = 'the stranger') as may
from "model_version" as t
where t.id = '00000000-0000-7000-8000-000000000007'
