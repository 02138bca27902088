-- pipeline: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.

-- admin: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when ("t"."user_id" = 'the admin'
  or "t"."private" = 0) then 1 else 0 end as "may_0", (coalesce((
      select sum(n)
      from tally
      where kind = 'pipeline' and project_id = 'the project main' and owner = '' and private = 0), 0) + coalesce((
      select sum(n)
      from tally
      where kind = 'pipeline' and project_id = 'the project main' and owner = 'the admin' and private = 1), 0)) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."user_id" = 'the admin')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."private" = 0)
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "pipeline" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- admin: get
select "t"."id" as "id"
from "pipeline" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."user_id" = 'the admin'
    or "t"."private" = 0))

-- admin: may update
select ("t"."user_id" = 'the admin'
  or "t"."private" = 0) as may
from "pipeline" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- project developer: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when ("t"."user_id" = 'the project developer'
  or ("t"."project_id" in ('the project main')
    and "t"."private" = 0)) then 1 else 0 end as "may_0", (coalesce((
      select sum(n)
      from tally
      where kind = 'pipeline' and project_id = 'the project main' and owner = '' and private = 0), 0) + coalesce((
      select sum(n)
      from tally
      where kind = 'pipeline' and project_id = 'the project main' and owner = 'the project developer' and private = 1), 0)) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."user_id" = 'the project developer')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."private" = 0)
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "pipeline" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- project developer: get
select "t"."id" as "id"
from "pipeline" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."user_id" = 'the project developer'
    or ("t"."project_id" in ('the project main')
      and "t"."private" = 0)))

-- project developer: may update
select ("t"."user_id" = 'the project developer'
  or ("t"."project_id" in ('the project main')
    and "t"."private" = 0)) as may
from "pipeline" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- shared with: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when ("t"."user_id" = 'the shared with'
  or "t"."id" in (
    select a.resource_id
    from role_assignment as a
    join role_permission as rp on rp.role_id = a.role_id
    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:read', 'read') and rp.wide = 0 and a.principal_id in (
      select 'the shared with' as id
      union all
      select m.team_id
      from team_member as m
      where m.account_id = 'the shared with'
      union all
      select 'server')
    and (a.expires is null or a.expires > 'now'))) then 1 else 0 end as "may_0", case when ("t"."user_id" = 'the shared with'
  or "t"."id" in (
    select a.resource_id
    from role_assignment as a
    join role_permission as rp on rp.role_id = a.role_id
    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:update', 'write') and rp.wide = 0 and a.principal_id in (
      select 'the shared with' as id
      union all
      select m.team_id
      from team_member as m
      where m.account_id = 'the shared with'
      union all
      select 'server')
    and (a.expires is null or a.expires > 'now'))) then 1 else 0 end as "may_1", case when ("t"."user_id" = 'the shared with'
  or "t"."id" in (
    select a.resource_id
    from role_assignment as a
    join role_permission as rp on rp.role_id = a.role_id
    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:delete', 'write') and rp.wide = 0 and a.principal_id in (
      select 'the shared with' as id
      union all
      select m.team_id
      from team_member as m
      where m.account_id = 'the shared with'
      union all
      select 'server')
    and (a.expires is null or a.expires > 'now'))) then 1 else 0 end as "may_2", case when ("t"."user_id" = 'the shared with'
  or "t"."id" in (
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
    and (a.expires is null or a.expires > 'now'))) then 1 else 0 end as "may_3", (
  select count(*)
  from (
    select t.id as pid
    from "pipeline" as t
    where ("t"."project_id" = 'the project main'
      and "t"."user_id" = 'the shared with')
    union
    select t.id as pid
    from "pipeline" as t
    where ("t"."project_id" = 'the project main'
      and "t"."id" in (
        select a.resource_id
        from role_assignment as a
        join role_permission as rp on rp.role_id = a.role_id
        where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:read', 'read') and rp.wide = 0 and a.principal_id in (
          select 'the shared with' as id
          union all
          select m.team_id
          from team_member as m
          where m.account_id = 'the shared with'
          union all
          select 'server')
        and (a.expires is null or a.expires > 'now')))) as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."user_id" = 'the shared with')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (with few as materialized (
        select t.id as pid, "t"."created" as pk
        from "pipeline" as t
        where ("t"."project_id" = 'the project main'
          and "t"."id" in (
            select a.resource_id
            from role_assignment as a
            join role_permission as rp on rp.role_id = a.role_id
            where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:read', 'read') and rp.wide = 0 and a.principal_id in (
              select 'the shared with' as id
              union all
              select m.team_id
              from team_member as m
              where m.account_id = 'the shared with'
              union all
              select 'server')
            and (a.expires is null or a.expires > 'now'))))
      select pid, pk
      from few
      order by pk desc, pid desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "pipeline" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- shared with: get
select "t"."id" as "id"
from "pipeline" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."user_id" = 'the shared with'
    or "t"."id" in (
      select a.resource_id
      from role_assignment as a
      join role_permission as rp on rp.role_id = a.role_id
      where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:read', 'read') and rp.wide = 0 and a.principal_id in (
        select 'the shared with' as id
        union all
        select m.team_id
        from team_member as m
        where m.account_id = 'the shared with'
        union all
        select 'server')
      and (a.expires is null or a.expires > 'now'))))

-- shared with: may update
select ("t"."user_id" = 'the shared with'
  or "t"."id" in (
    select a.resource_id
    from role_assignment as a
    join role_permission as rp on rp.role_id = a.role_id
    where a.scope = 'resource' and a.resource_type = 'pipeline' and rp.permission in ('pipeline:update', 'write') and rp.wide = 0 and a.principal_id in (
      select 'the shared with' as id
      union all
      select m.team_id
      from team_member as m
      where m.account_id = 'the shared with'
      union all
      select 'server')
    and (a.expires is null or a.expires > 'now'))) as may
from "pipeline" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- stranger: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."project_id" as "project_id", "t"."private" as "private", case when "t"."user_id" = 'the stranger' then 1 else 0 end as "may_0", (
  select count(*)
  from (
    select t.id as pid
    from "pipeline" as t
    where ("t"."project_id" = 'the project main'
      and "t"."user_id" = 'the stranger')) as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "pipeline" as t
      where ("t"."project_id" = 'the project main'
        and "t"."user_id" = 'the stranger')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "pipeline" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- stranger: get
select "t"."id" as "id"
from "pipeline" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and "t"."user_id" = 'the stranger')

-- stranger: may update
select "t"."user_id" = 'the stranger' as may
from "pipeline" as t
where t.id = '00000000-0000-7000-8000-000000000007'
