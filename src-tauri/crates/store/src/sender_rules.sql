SELECT
    r.*,
    (SELECT count(*) FROM sender_rule_uses AS u
     WHERE u.correspondent = r.correspondent AND u.field = r.field AND u.version = r.version AND u.was_right) AS right,
    (SELECT count(*) FROM sender_rule_uses AS u
     WHERE u.correspondent = r.correspondent AND u.field = r.field AND u.version = r.version AND NOT u.was_right) AS wrong
FROM sender_rules AS r
WHERE r.version = (
    SELECT max(n.version) FROM sender_rules AS n WHERE n.correspondent = r.correspondent AND n.field = r.field
)
    AND r.correspondent = coalesce(?1, r.correspondent)
    AND r.field = coalesce(?2, r.field)
ORDER BY r.correspondent, r.field
