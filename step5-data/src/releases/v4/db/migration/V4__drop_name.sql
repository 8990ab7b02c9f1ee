-- Contract: v3, which is live meanwhile, does not use this column any more. v1 and v2 do: see no-way-back.txt.
alter table entries drop column name;
