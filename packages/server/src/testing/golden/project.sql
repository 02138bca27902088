-- project: what the predicate becomes in SQL (SQLite), for four people. Written by access/golden.test.ts.

-- admin: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", case when 1 = 1 then 1 else 0 end as "may_0", (
  select count(*)
  from "project" as t
  where 1 = 1) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "project" as t
      where 1 = 1
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "project" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- admin: get
select "t"."id" as "id"
from "project" as t
where t.name = '00000000-0000-7000-8000-000000000007'

-- admin: may update
select 1 = 1 as may
from "project" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- project developer: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", case when "t"."id" in ('the project main') then 1 else 0 end as "may_0", (
  select count(*)
  from "project" as t
  where "t"."id" in ('the project main')) as list_total
from (
  select pid, pk
  from (
    select *
    from (
      select t.id as pid, "t"."created" as pk
      from "project" as t
      where "t"."id" in ('the project main')
      order by "t"."created" desc, t.id desc
      limit 20) as "way_0") as ways
  order by pk desc, pid desc
  limit 20 offset 0) as page
join "project" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- project developer: get
select "t"."id" as "id"
from "project" as t
where (t.name = '00000000-0000-7000-8000-000000000007'
  and "t"."id" in ('the project main'))

-- project developer: may update
select 1 = 0 as may
from "project" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- shared with: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", 0 as list_total
from (
  select t.id as pid, "t"."created" as pk
  from "project" as t
  where 1 = 0
  order by "t"."created" desc, t.id desc
  limit 20 offset 0) as page
join "project" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- shared with: get
select "t"."id" as "id"
from "project" as t
where (t.name = '00000000-0000-7000-8000-000000000007' and 1 = 0)

-- shared with: may update
select 1 = 0 as may
from "project" as t
where t.id = '00000000-0000-7000-8000-000000000007'

-- stranger: list, newest first, ids only
select "t"."id" as "id", "t"."created" as "created", 0 as list_total
from (
  select t.id as pid, "t"."created" as pk
  from "project" as t
  where 1 = 0
  order by "t"."created" desc, t.id desc
  limit 20 offset 0) as page
join "project" as t on t.id = page.pid
order by page.pk desc, page.pid desc

-- stranger: get
select "t"."id" as "id"
from "project" as t
where (t.name = '00000000-0000-7000-8000-000000000007' and 1 = 0)

-- stranger: may update
select 1 = 0 as may
from "project" as t
where t.id = '00000000-0000-7000-8000-000000000007'
