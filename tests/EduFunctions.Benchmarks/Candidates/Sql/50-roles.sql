-- The strictest marking counts, in whatever copy of a person or on whatever reference it stands; nearly all say nothing or "Ingen".
CREATE TEMP TABLE marked AS
SELECT id, max(rank) AS rank
FROM (
    SELECT id, own_marking AS rank FROM person_row WHERE own_marking > 1
    UNION ALL SELECT r.person.id, marking_rank(r.person.securityMarking) FROM responsible WHERE r.person.securityMarking <> 'Ingen'
    UNION ALL SELECT child.id, marking_rank(child.securityMarking) FROM placement WHERE child.securityMarking <> 'Ingen'
    UNION ALL SELECT o.id, marking_rank(o.securityMarking) FROM (SELECT unnest(owners) AS o FROM placement) WHERE o.securityMarking <> 'Ingen'
    UNION ALL SELECT person.id, marking_rank(person.securityMarking) FROM duty WHERE person.securityMarking <> 'Ingen'
    UNION ALL SELECT m.person.id, marking_rank(m.person.securityMarking) FROM membership WHERE m.person.securityMarking <> 'Ingen'
)
GROUP BY id;

CREATE TEMP TABLE person AS
SELECT
    p.* EXCLUDE (ord, own_marking, abroad, deceased, enrolments, responsibles),
    is_dirty(concat(given, middle, family, principal, student_email, staff_email, private_email)) AS dirty,
    (CASE WHEN deceased THEN 16 ELSE 0 END
        + CASE WHEN own_marking IN (0, 2) OR coalesce(marked.rank, 0) = 2 THEN 32 ELSE 0 END
        + CASE WHEN marked.rank = 3 THEN 64 ELSE 0 END)::USMALLINT AS mask,
    abroad
FROM person_row p ANTI JOIN superseded USING (ord) LEFT JOIN marked ON marked.id = p.id;

-- Every school placement of a person in the pull, with its reasons.
CREATE TEMP TABLE stay AS
SELECT
    s.person, unit.id AS unit, TRY_CAST(s.starts AS DATE) AS starts, s.year, s.grp, s.open,
    (CASE WHEN s.cancelled THEN 128 ELSE 0 END
        + CASE WHEN s.open THEN 0 ELSE 256 END
        + CASE WHEN unit.id IS NULL THEN 512 ELSE 0 END)::USMALLINT AS mask
FROM (
    SELECT person, e.enroledAt.id AS at, e.startDate AS starts, e.schoolYear AS year, NULL::UUID AS grp,
        is_strictly_open(e.startDate, e.endDate) AS open, coalesce(e.cancelled, false) AS cancelled
    FROM enrolment
    UNION ALL
    SELECT child.id, unit, startDate, NULL, grp, is_strictly_open(startDate, endDate), false
    FROM placement SEMI JOIN person ON person.id = placement.child.id
) s LEFT JOIN unit ON unit.id = s.at;

CREATE TEMP TABLE student AS
SELECT s.person, s.mask | p.mask | CASE WHEN p.abroad THEN 8 ELSE 0 END AS mask, s.passes AND p.mask = 0 AND NOT p.abroad AS eligible
FROM (SELECT person, bit_or(mask) AS mask, bool_or(mask = 0) AS passes FROM stay GROUP BY person) s
JOIN person p ON p.id = s.person;

CREATE TEMP TABLE staff AS
SELECT d.person, d.mask | p.mask AS mask, d.passes AND p.mask = 0 AS eligible, d.teaches
FROM (
    SELECT person.id AS person, bit_or(mask) AS mask, bool_or(mask = 0) AS passes,
        bool_or(mask = 0 AND role IN ('Lärare', 'Förstelärare', 'Förskollärare', 'Speciallärare/specialpedagog')) AS teaches
    FROM duty GROUP BY person.id
) d
JOIN person p ON p.id = d.person;

CREATE TEMP TABLE guarding AS
SELECT r.r.person.id AS guardian, r.student,
    r.r.relationType = 'Vårdnadshavare' AND r.r.person.id <> r.student AND coalesce(s.eligible, false) AS guards
FROM responsible r ANTI JOIN superseded USING (ord) LEFT JOIN student s ON s.person = r.student
WHERE r.r.person.id IS NOT NULL;

CREATE TEMP TABLE guardian AS
SELECT g.person, CASE WHEN g.guards THEN 0 ELSE 4 END | p.mask AS mask, g.guards AND p.mask = 0 AS eligible
FROM (SELECT guardian AS person, bool_or(guards) AS guards FROM guarding GROUP BY guardian) g
JOIN person p ON p.id = g.person;

-- What was unnested and joined is given back: it is most of the memory.
DROP TABLE person_row;
DROP TABLE enrolment;
DROP TABLE placement;
DROP TABLE responsible;
