-- The short number by which people cite an alarm: given when it is raised, kept for its life, used again after its turn.
ALTER TABLE world_counters ADD COLUMN alarm_no integer NOT NULL DEFAULT 0;

WITH numbered AS (
  SELECT id, row_number() OVER (PARTITION BY world ORDER BY (body ->> 'raisedAt')::double precision, id) AS no
  FROM alarms WHERE state <> 'cleared'
)
UPDATE alarms SET body = jsonb_set(body, '{no}', to_jsonb(numbered.no)) FROM numbered WHERE alarms.id = numbered.id;

UPDATE world_counters SET alarm_no = held.no
FROM (SELECT world, max((body ->> 'no')::integer) AS no FROM alarms WHERE state <> 'cleared' GROUP BY world) AS held
WHERE held.world = world_counters.world;
