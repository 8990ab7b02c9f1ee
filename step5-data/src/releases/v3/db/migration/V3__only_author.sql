-- Migrate: all entries have an author, those of v1 as well. v2, which is live meanwhile, writes both columns; v3 writes only this one.
update entries set author = name where author is null;
alter table entries alter column author set not null;
alter table entries alter column name drop not null;
