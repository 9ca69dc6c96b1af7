CREATE TEMP TABLE unit AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "displayName": "VARCHAR", "organisationType": "VARCHAR", "startDate": "VARCHAR",
            "endDate": "VARCHAR"}]') AS data
        FROM read_json_objects('{pages}/organisations/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT id, coalesce(nullif(trim(displayName), ''), id::VARCHAR) AS name
FROM page
WHERE id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY id ORDER BY page_ord(filename, pos) DESC) = 1
    AND organisationType = 'Skolenhet' AND is_strictly_open(startDate, endDate);

CREATE TEMP TABLE syllabus AS
WITH page AS (
    SELECT unnest(data, max_depth := 2), generate_subscripts(data, 1) AS pos, filename
    FROM (
        SELECT filename, from_json(json->'data', '[{
            "id": "UUID", "subjectCode": "VARCHAR", "subjectName": "VARCHAR", "courseCode": "VARCHAR",
            "courseName": "VARCHAR"}]') AS data
        FROM read_json_objects('{pages}/syllabuses/*.json.gz', format = 'newline_delimited', filename = true))
)
SELECT id, subjectCode, subjectName, courseCode, courseName
FROM page
WHERE id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY id ORDER BY page_ord(filename, pos) DESC) = 1;
