-- What was tried on two cores: read_json with typed columns, ids as UUID or as VARCHAR (at 100,000 persons 0.5 s for the persons and 0.5 s for
-- the groups); read_json with a JSON column and from_json (as slow); read_json_objects with from_json (0.35 s and 0.15 s: kept; at a million
-- persons all are alike). Reading the persons twice, with fewer columns each time, costs more than keeping the nested lists. Joins are a tenth
-- of the time, so ids stay UUIDs of 16 bytes.
SET threads = {threads};
SET preserve_insertion_order = false;

-- Pages hold a thousand rows in one JSON object on one line; ord tells which of two rows with one id came later.
CREATE MACRO page_ord(filename, pos) AS substring(filename, -14, 6)::INTEGER * 1000000 + pos;

-- Both comparisons are strict, the margin of 14 days moves both limits outwards.
CREATE MACRO is_open(starts, ends) AS
    (starts IS NULL OR coalesce(TRY_CAST(starts AS DATE) < DATE '{today}' + 14, false))
    AND (ends IS NULL OR coalesce(TRY_CAST(ends AS DATE) > DATE '{today}' - 14, false));
CREATE MACRO is_strictly_open(starts, ends) AS starts IS NOT NULL AND is_open(starts, ends);

CREATE MACRO marking_rank(marking) AS CASE
    WHEN marking IS NULL THEN 0
    WHEN marking = 'Ingen' THEN 1
    WHEN marking IN ('Sekretessmarkering', 'Skyddad folkbokföring') THEN 3
    ELSE 2 END::UTINYINT;

-- Version 5 of RFC 9562: SHA-1 over namespace and name, with the four bits of the version and the two of the variant. The variant's digit by
-- arithmetic on its character is twice as fast as translate().
CREATE MACRO hash_to_uuid(h) AS (
    substring(h, 1, 12) || '5' || substring(h, 14, 3)
    || substring('89ab', 1 + ((ascii(substring(h, 17, 1)) + ascii(substring(h, 17, 1)) // 64) & 3), 1) || substring(h, 18, 15))::UUID;
CREATE MACRO derived_id(name) AS hash_to_uuid(sha1(unhex('6f1c2d9e6a555d0c9a0b3c7d5e1f2a41') || encode(name)));

-- Only what the dirty flag points at is cleaned: a regular expression on every value would cost more than the joins.
CREATE MACRO is_dirty(value) AS regexp_matches(value, '["\\|*\s\p{Z}\p{Cc}]');
CREATE MACRO collapsed(value) AS trim(regexp_replace(value, '[\s\p{Z}\p{Cc}]+', ' ', 'g'));
CREATE MACRO apple_clean(value) AS collapsed(translate(value, '"\', '’/'));
CREATE MACRO learn_clean(value) AS collapsed(translate(value, '"|*', ''));
CREATE MACRO quoted(value) AS
    CASE WHEN contains(value, ' ') OR contains(value, ',') OR contains(value, ';') THEN '"' || value || '"' ELSE value END;

-- Reasons are bits in the order of their codes' names.
CREATE TEMP TABLE reason_text AS
SELECT mask::USMALLINT AS mask, concat_ws(' ',
    CASE WHEN mask & 1 <> 0 THEN 'duty.dates' END,
    CASE WHEN mask & 2 <> 0 THEN 'duty.unit' END,
    CASE WHEN mask & 4 <> 0 THEN 'guardian.noStudent' END,
    CASE WHEN mask & 8 <> 0 THEN 'person.abroad' END,
    CASE WHEN mask & 16 <> 0 THEN 'person.deceased' END,
    CASE WHEN mask & 32 <> 0 THEN 'person.markingUnknown' END,
    CASE WHEN mask & 64 <> 0 THEN 'person.protected' END,
    CASE WHEN mask & 128 <> 0 THEN 'placement.cancelled' END,
    CASE WHEN mask & 256 <> 0 THEN 'placement.dates' END,
    CASE WHEN mask & 512 <> 0 THEN 'placement.unit' END) AS codes
FROM range(1024) AS masks(mask);
