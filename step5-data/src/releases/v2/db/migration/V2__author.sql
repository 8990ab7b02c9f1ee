-- Expand: the new column beside the old one. The release that is live does not know it, and goes on without it.
alter table entries add column author varchar(40);
