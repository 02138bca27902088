-- stack: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.

-- admin: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."private" as "private", case when ("t"."user_id" = 'the admin'
  or "t"."private" = 0
  or ("t"."user_id" is null
    and "t"."name" = 'default')) then 1 else 0 end as "may_0", case when ("t"."user_id" = 'the admin'
  or "t"."private" = 0) then 1 else 0 end as "may_1", (
  select count(*)
  from "stack" as t
  where ("t"."user_id" = 'the admin'
    or "t"."private" = 0
    or ("t"."user_id" is null
      and "t"."name" = 'default'))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where "t"."user_id" = 'the admin'
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where "t"."private" = 0
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where ("t"."user_id" is null
        and "t"."name" = 'default')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_2") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "stack" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- admin: get
select "t"."id" as "id"
from "stack" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."user_id" = 'the admin'
    or "t"."private" = 0
    or ("t"."user_id" is null
      and "t"."name" = 'default')))

-- admin: may update
select ("t"."user_id" = 'the admin'
  or "t"."private" = 0) as may
from "stack" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- project developer: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."private" as "private", case when ("t"."user_id" = 'the project developer'
  or ("t"."user_id" is null
    and "t"."name" = 'default')) then 1 else 0 end as "may_0", case when "t"."user_id" = 'the project developer' then 1 else 0 end as "may_1", (
  select count(*)
  from "stack" as t
  where ("t"."user_id" = 'the project developer'
    or ("t"."user_id" is null
      and "t"."name" = 'default'))) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where "t"."user_id" = 'the project developer'
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0"
    union
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where ("t"."user_id" is null
        and "t"."name" = 'default')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_1") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "stack" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- project developer: get
select "t"."id" as "id"
from "stack" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and ("t"."user_id" = 'the project developer'
    or ("t"."user_id" is null
      and "t"."name" = 'default')))

-- project developer: may update
select "t"."user_id" = 'the project developer' as may
from "stack" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- shared with: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."private" as "private", case when "t"."user_id" = 'the shared with' then 1 else 0 end as "may_0", (
  select count(*)
  from (
    select t.id as pid
    from "stack" as t
    where "t"."user_id" = 'the shared with') as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where "t"."user_id" = 'the shared with'
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "stack" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- shared with: get
select "t"."id" as "id"
from "stack" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and "t"."user_id" = 'the shared with')

-- shared with: may update
select "t"."user_id" = 'the shared with' as may
from "stack" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- stranger: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", "t"."private" as "private", case when "t"."user_id" = 'the stranger' then 1 else 0 end as "may_0", (
  select count(*)
  from (
    select t.id as pid
    from "stack" as t
    where "t"."user_id" = 'the stranger') as ways) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "stack" as t
      where "t"."user_id" = 'the stranger'
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "stack" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- stranger: get
select "t"."id" as "id"
from "stack" as t
where (t.id = '00000000-0000-7000-8000-000000000007'
  and "t"."user_id" = 'the stranger')

-- stranger: may update
select "t"."user_id" = 'the stranger' as may
from "stack" as t
where t.id = '00000000-0000-7000-8000-000000000007'
