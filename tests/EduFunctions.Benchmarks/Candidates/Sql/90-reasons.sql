COPY (
    SELECT concat(r.person, ',', r.role, ',', r.eligible, ',', t.codes) AS line
    FROM (
        SELECT person, 'guardian' AS role, eligible, mask FROM guardian
        UNION ALL SELECT person, 'staff', eligible, mask FROM staff
        UNION ALL SELECT person, 'student', eligible, mask FROM student
    ) r JOIN reason_text t ON t.mask = r.mask
    ORDER BY r.person, r.role
) TO '{out}/reasons.csv' (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01');
