CREATE TEMP TABLE activity_group AS
SELECT id AS activity, syllabus, unnest(groups).id AS grp FROM activity;

CREATE TEMP TABLE section AS
SELECT
    CASE WHEN syllabus IS NULL THEN grp ELSE derived_id(concat('section|', grp, '|', syllabus)) END AS id,
    derived_id(concat('course|', coalesce(syllabus::VARCHAR, type), '|', unit)) AS course, grp, name, unit, syllabus
FROM (
    SELECT id AS grp, name, unit, type, NULL::UUID AS syllabus FROM group_row WHERE passes AND type = 'Klass'
    UNION ALL
    SELECT g.id, g.name, g.unit, g.type, a.syllabus
    FROM (SELECT DISTINCT grp, syllabus FROM activity_group WHERE syllabus IS NOT NULL) a JOIN group_row g ON g.id = a.grp
    WHERE g.passes AND g.type = 'Undervisning'
);

CREATE TEMP TABLE member AS
SELECT DISTINCT section.id AS section, m.person
FROM (
    SELECT grp, m.person.id AS person FROM membership WHERE passes AND is_open(m.startDate, m.endDate)
    UNION ALL SELECT grp, person FROM stay WHERE grp IS NOT NULL AND open
) m
JOIN section ON section.grp = m.grp
SEMI JOIN (SELECT person FROM student WHERE eligible) AS s ON s.person = m.person;

CREATE TEMP TABLE teaching_duty AS
SELECT duty.id, duty.person.id AS person, duty.assignments
FROM duty SEMI JOIN (SELECT person FROM staff WHERE eligible) AS s ON s.person = duty.person.id
WHERE duty.mask = 0;

CREATE TEMP TABLE teacher AS
SELECT section.id AS section, d.person
FROM activity_group a
JOIN section ON section.grp = a.grp AND (section.syllabus IS NULL OR section.syllabus = a.syllabus)
JOIN (SELECT id AS activity, unnest(teachers) AS t FROM activity) t ON t.activity = a.activity
JOIN teaching_duty d ON d.id = t.t.duty.id
WHERE is_open(t.t.startDate, t.t.endDate)
UNION
SELECT section.id, m.person
FROM (SELECT person, unnest(assignments) AS a FROM teaching_duty) m
JOIN section ON section.grp = m.a.group.id AND section.syllabus IS NULL
WHERE m.a.assignmentRoleType = 'Mentor' AND is_open(m.a.startDate, m.a.endDate);

DROP TABLE group_row;
DROP TABLE membership;
DROP TABLE activity;
