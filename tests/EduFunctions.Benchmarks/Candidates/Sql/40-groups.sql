-- Only the types of group that a file shows; markings on members count whatever the group.
CREATE TEMP TABLE group_row AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "displayName": "VARCHAR", "groupType": "VARCHAR", "organisation": {"id": "UUID"},
            "startDate": "VARCHAR", "endDate": "VARCHAR",
            "groupMemberships": [{"person": {"id": "UUID", "securityMarking": "VARCHAR"}, "startDate": "VARCHAR", "endDate": "VARCHAR"}]}]') AS data
        FROM read_json_objects('{pages}/groups/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT
    page.id, page_ord(filename, pos) AS ord, coalesce(nullif(trim(displayName), ''), page.id::VARCHAR) AS name, groupType AS type, unit.id AS unit,
    coalesce(groupType IN ('Undervisning', 'Klass') AND unit.id IS NOT NULL AND is_strictly_open(startDate, endDate), false) AS passes,
    groupMemberships AS members
FROM page LEFT JOIN unit ON unit.id = page.organisation.id
WHERE page.id IS NOT NULL;

DELETE FROM group_row USING (SELECT id, max(ord) AS last FROM group_row GROUP BY id HAVING count(*) > 1) AS twice
WHERE group_row.id = twice.id AND group_row.ord <> twice.last;

CREATE TEMP TABLE membership AS
SELECT id AS grp, passes, unnest(members) AS m FROM group_row;

CREATE TEMP TABLE activity AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "startDate": "VARCHAR", "endDate": "VARCHAR", "groups": [{"id": "UUID"}],
            "syllabus": {"id": "UUID"},
            "teachers": [{"duty": {"id": "UUID"}, "startDate": "VARCHAR", "endDate": "VARCHAR"}]}]') AS data
        FROM read_json_objects('{pages}/activities/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT page.id, groups, known.id AS syllabus, teachers
FROM page LEFT JOIN syllabus AS known ON known.id = page.syllabus.id
WHERE page.id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY page.id ORDER BY page_ord(filename, pos) DESC) = 1 AND is_strictly_open(startDate, endDate);
