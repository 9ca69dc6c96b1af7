CREATE MACRO learn_text(value, dirty) AS CASE WHEN dirty THEN learn_clean(value) ELSE value END;

-- One row per person: staff before student before guardian. Values beyond the target's lengths leave the row out, or the e-mail empty.
CREATE TEMP TABLE learn_person AS
SELECT id, user_id, given, family, CASE WHEN length(email) > 100 THEN '' ELSE email END AS email, role
FROM (
    SELECT
        p.id, learn_text(p.principal, p.dirty) AS user_id, learn_text(p.given, p.dirty) AS given, learn_text(p.family, p.dirty) AS family,
        learn_text(CASE WHEN staff.eligible THEN staff_email WHEN student.eligible THEN student_email ELSE private_email END, p.dirty) AS email,
        CASE WHEN staff.eligible AND staff.teaches THEN 'FACULTY' WHEN staff.eligible THEN 'STAFF'
            WHEN student.eligible THEN 'STUDENT' ELSE 'OBSERVER' END AS role
    FROM person p
    LEFT JOIN staff ON staff.person = p.id
    LEFT JOIN student ON student.person = p.id
    LEFT JOIN guardian ON guardian.person = p.id
    WHERE p.mask = 0 AND (staff.eligible OR student.eligible OR guardian.eligible)
)
WHERE given <> '' AND family <> '' AND user_id <> '' AND length(user_id) <= 50 AND length(given) <= 100 AND length(family) <= 100;

-- A user name belongs to one person: the lowest id keeps it.
DELETE FROM learn_person USING (SELECT user_id, min(id) AS keeper FROM learn_person GROUP BY user_id HAVING count(*) > 1) AS twice
WHERE learn_person.user_id = twice.user_id AND learn_person.id <> twice.keeper;

CREATE TEMP TABLE learn_course AS
SELECT id, name
FROM (
    SELECT section.id, learn_clean(section.name || coalesce(' ' || coalesce(nullif(s.courseName, ''), s.subjectName), '')) AS name
    FROM section LEFT JOIN syllabus s ON s.id = section.syllabus
)
WHERE length(name) <= 255;

COPY (
    SELECT concat(id, '|', user_id, '|', given, '|', family, '|', email, '|', role, '|',
        CASE WHEN role = 'OBSERVER' THEN 'observer' ELSE 'none' END, '|Y|enabled')
        AS "external_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status"
    FROM learn_person ORDER BY id
) TO '{out}/person.txt' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT concat(id, '|', id, '|', name, '|Y|enabled') AS "external_course_key|course_id|course_name|available_ind|row_status"
    FROM learn_course ORDER BY id
) TO '{out}/course.txt' (FORMAT csv, HEADER, QUOTE '', ESCAPE '', DELIMITER '\x01');

COPY (
    SELECT section AS external_course_key, person AS external_person_key, role, 'Y' AS available_ind, 'enabled' AS row_status
    FROM (
        SELECT section, person, 'Instructor' AS role FROM teacher
        UNION ALL
        SELECT section, person, 'Student' FROM member ANTI JOIN teacher USING (section, person)
    ) m
    SEMI JOIN learn_person ON learn_person.id = m.person
    SEMI JOIN learn_course ON learn_course.id = m.section
    ORDER BY section, person
) TO '{out}/membership.txt' (FORMAT csv, HEADER, DELIMITER '|');

COPY (
    SELECT guardian AS external_observer_key, student AS external_user_key, 'enabled' AS row_status
    FROM (SELECT DISTINCT guardian, student FROM guarding WHERE guards) g
    SEMI JOIN (SELECT id FROM learn_person WHERE role = 'OBSERVER') AS observer ON observer.id = g.guardian
    SEMI JOIN (SELECT id FROM learn_person WHERE role = 'STUDENT') AS student ON student.id = g.student
    ORDER BY guardian, student
) TO '{out}/associateobserver.txt' (FORMAT csv, HEADER, DELIMITER '|');
