-- One pass over the pages; what is nested is unnested from here, since reading the pages twice costs more than keeping it for a while.
CREATE TEMP TABLE person_row AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "givenName": "VARCHAR", "middleName": "VARCHAR", "familyName": "VARCHAR",
            "eduPersonPrincipalNames": ["VARCHAR"], "securityMarking": "VARCHAR", "personStatus": "VARCHAR",
            "emails": [{"value": "VARCHAR", "type": "VARCHAR"}], "addresses": [{"type": "VARCHAR", "country": "VARCHAR"}],
            "enrolments": [{"enroledAt": {"id": "UUID"}, "schoolYear": "TINYINT",
                "startDate": "VARCHAR", "endDate": "VARCHAR", "cancelled": "BOOLEAN"}],
            "responsibles": [{"person": {"id": "UUID", "securityMarking": "VARCHAR"}, "relationType": "VARCHAR"}]}]') AS data
        FROM read_json_objects('{pages}/persons/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT
    id, page_ord(filename, pos) AS ord, marking_rank(securityMarking) AS own_marking,
    personStatus = 'Utvandrad' IS TRUE
        OR len(list_filter(addresses, lambda a: coalesce(a.type, 'Folkbokföring') = 'Folkbokföring'
            AND lower(trim(a.country)) NOT IN ('sverige', 'sweden', 'se', 'swe', ''))) > 0 AS abroad,
    personStatus = 'Avliden' IS TRUE AS deceased,
    coalesce(givenName, '') AS given, coalesce(middleName, '') AS middle, coalesce(familyName, '') AS family,
    coalesce(eduPersonPrincipalNames[1], '') AS principal,
    coalesce(list_filter(emails, lambda e: e.type = 'Skola elev')[1].value, '') AS student_email,
    coalesce(list_filter(emails, lambda e: e.type = 'Skola personal')[1].value, '') AS staff_email,
    coalesce(list_filter(emails, lambda e: e.type = 'Privat')[1].value, '') AS private_email,
    enrolments, responsibles
FROM page
WHERE id IS NOT NULL;

CREATE TEMP TABLE superseded AS
SELECT p.id, p.ord
FROM person_row p
JOIN (SELECT id, max(ord) AS last FROM person_row GROUP BY id HAVING count(*) > 1) twice ON twice.id = p.id AND twice.last <> p.ord;

CREATE TEMP TABLE responsible AS
SELECT id AS student, unnest(responsibles) AS r, ord FROM person_row;

CREATE TEMP TABLE enrolment AS
SELECT id AS person, unnest(enrolments) AS e FROM person_row ANTI JOIN superseded USING (ord);

CREATE TEMP TABLE placement AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "placedAt": {"id": "UUID"}, "child": {"id": "UUID", "securityMarking": "VARCHAR"},
            "group": {"id": "UUID"}, "startDate": "VARCHAR", "endDate": "VARCHAR",
            "owners": [{"id": "UUID", "securityMarking": "VARCHAR"}]}]') AS data
        FROM read_json_objects('{pages}/placements/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT id, page_ord(filename, pos) AS ord, placedAt.id AS unit, child, "group".id AS grp, startDate, endDate, owners
FROM page
WHERE id IS NOT NULL
QUALIFY count(*) OVER (PARTITION BY id) = 1 OR row_number() OVER (PARTITION BY id ORDER BY page_ord(filename, pos) DESC) = 1;

CREATE TEMP TABLE duty AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "person": {"id": "UUID", "securityMarking": "VARCHAR"}, "dutyAt": {"id": "UUID"},
            "dutyRole": "VARCHAR", "startDate": "VARCHAR", "endDate": "VARCHAR",
            "assignmentRole": [{"group": {"id": "UUID"}, "assignmentRoleType": "VARCHAR", "startDate": "VARCHAR", "endDate": "VARCHAR"}]}]') AS data
        FROM read_json_objects('{pages}/duties/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT
    page.id, person, unit.id AS unit, dutyRole AS role, TRY_CAST(startDate AS DATE) AS starts, assignmentRole AS assignments,
    (CASE WHEN is_strictly_open(startDate, endDate) THEN 0 ELSE 1 END + CASE WHEN unit.id IS NULL THEN 2 ELSE 0 END)::USMALLINT AS mask
FROM page LEFT JOIN unit ON unit.id = page.dutyAt.id
WHERE page.id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY page.id ORDER BY page_ord(filename, pos) DESC) = 1;
