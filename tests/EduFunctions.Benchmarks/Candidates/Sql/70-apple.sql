CREATE MACRO apple_text(value, dirty) AS CASE WHEN dirty THEN quoted(apple_clean(value)) ELSE quoted(value) END;

-- Nearly everybody has one unit; only the others need to be put in order.
CREATE TEMP TABLE place AS
WITH passing AS (
    SELECT person, unit, starts, year, true AS studies FROM stay WHERE mask = 0
    UNION ALL SELECT person.id, unit, starts, NULL, false FROM duty WHERE mask = 0
), grouped AS (
    SELECT person, studies, count(*) AS n, any_value(unit) AS unit, any_value(year) AS year FROM passing GROUP BY person, studies
), several AS (
    SELECT person, studies, count(*) AS n, string_agg(unit, ',' ORDER BY starts, unit) AS units
    FROM (SELECT p.person, p.studies, p.unit, min(p.starts) AS starts FROM passing p JOIN grouped USING (person, studies) WHERE n > 1 GROUP BY ALL)
    GROUP BY person, studies
), years AS (
    SELECT p.person, first(p.year ORDER BY p.starts DESC, p.unit, p.year DESC) AS year
    FROM passing p JOIN grouped USING (person, studies)
    WHERE n > 1 AND p.year IS NOT NULL AND studies
    GROUP BY p.person
)
SELECT person, studies, 1 AS n, unit::VARCHAR AS units, year FROM grouped WHERE n = 1
UNION ALL
SELECT s.person, s.studies, s.n, s.units, y.year FROM several s LEFT JOIN years y ON y.person = s.person AND s.studies;

CREATE TEMP TABLE apple_staff AS
SELECT p.*, place.n, place.units
FROM person p JOIN staff ON staff.person = p.id AND staff.eligible JOIN place ON place.person = p.id AND NOT place.studies
WHERE CASE WHEN dirty THEN apple_clean(given) <> '' AND apple_clean(family) <> '' ELSE given <> '' AND family <> '' END;

CREATE TEMP TABLE apple_student AS
SELECT p.*, place.n, place.units, place.year
FROM person p JOIN student ON student.person = p.id AND student.eligible JOIN place ON place.person = p.id AND place.studies
ANTI JOIN (SELECT person FROM staff WHERE eligible) AS s ON s.person = p.id
WHERE CASE WHEN dirty THEN apple_clean(given) <> '' AND apple_clean(family) <> '' ELSE given <> '' AND family <> '' END;

CREATE TEMP TABLE instructors AS
SELECT section, list_sort(list(t.person))[:15] AS persons
FROM teacher t SEMI JOIN apple_staff ON apple_staff.id = t.person
GROUP BY section;

SELECT -- as many columns as the widest row needs
    (SELECT greatest(1, coalesce(max(n), 1)) FROM apple_student) AS student_width,
    (SELECT greatest(1, coalesce(max(n), 1)) FROM apple_staff) AS staff_width,
    (SELECT greatest(3, coalesce(max(len(persons)), 3)) FROM instructors) AS class_width;

SELECT
    (SELECT string_agg(',location_id_' || n, '' ORDER BY n) FROM range(2, {student_width} + 1) AS columns(n)) AS student_columns,
    (SELECT string_agg(',location_id_' || n, '' ORDER BY n) FROM range(2, {staff_width} + 1) AS columns(n)) AS staff_columns,
    (SELECT string_agg(',instructor_id_' || n, '' ORDER BY n) FROM range(4, {class_width} + 1) AS columns(n)) AS class_columns;

COPY (
    SELECT concat(id, ',', CASE WHEN is_dirty(name) THEN quoted(apple_clean(name)) ELSE quoted(name) END) AS "location_id,location_name"
    FROM unit ORDER BY id
) TO '{out}/locations.csv' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT concat(id, ',,', apple_text(given, dirty), ',', apple_text(middle, dirty), ',', apple_text(family, dirty), ',', year, ',',
        apple_text(student_email, dirty), ',', apple_text(principal, dirty), ',,', units, repeat(',', {student_width} - n))
        AS "person_id,person_number,first_name,middle_name,last_name,grade_level,email_address,sis_username,password_policy,location_id{student_columns}"
    FROM apple_student ORDER BY id
) TO '{out}/students.csv' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT concat(id, ',,', apple_text(given, dirty), ',', apple_text(middle, dirty), ',', apple_text(family, dirty), ',',
        apple_text(staff_email, dirty), ',', apple_text(principal, dirty), ',', units, repeat(',', {staff_width} - n))
        AS "person_id,person_number,first_name,middle_name,last_name,email_address,sis_username,location_id{staff_columns}"
    FROM apple_staff ORDER BY id
) TO '{out}/staff.csv' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT concat(section.course, ',',
        coalesce(nullif(quoted(apple_clean(s.courseCode)), ''), quoted(apple_clean(s.subjectCode)), ''), ',',
        coalesce(nullif(quoted(apple_clean(s.courseName)), ''), nullif(quoted(apple_clean(s.subjectName)), ''),
            CASE WHEN section.syllabus IS NULL THEN 'Klass' ELSE 'Undervisning' END), ',', section.unit)
        AS "course_id,course_number,course_name,location_id"
    FROM (SELECT DISTINCT course, syllabus, unit FROM section) section LEFT JOIN syllabus s ON s.id = section.syllabus
    ORDER BY section.course
) TO '{out}/courses.csv' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT concat(id, ',', CASE WHEN is_dirty(name) THEN quoted(apple_clean(name)) ELSE quoted(name) END, ',', course, ',',
        persons[1], ',', persons[2], ',', persons[3], ',', unit,
        CASE WHEN len(persons) > 3 THEN ',' || array_to_string(persons[4:], ',') ELSE '' END,
        repeat(',', {class_width} - greatest(3, coalesce(len(persons), 0))))
        AS "class_id,class_number,course_id,instructor_id,instructor_id_2,instructor_id_3,location_id{class_columns}"
    FROM section LEFT JOIN instructors ON instructors.section = section.id
    ORDER BY id
) TO '{out}/classes.csv' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

-- Ids alone need no quoting: as columns they are sorted in 16 bytes each and become text as they are written.
COPY (
    SELECT derived_id(concat('roster|', section, '|', person)) AS roster_id, section AS class_id, person AS student_id
    FROM member SEMI JOIN apple_student ON apple_student.id = member.person
    ORDER BY roster_id
) TO '{out}/rosters.csv' (FORMAT csv, HEADER);
