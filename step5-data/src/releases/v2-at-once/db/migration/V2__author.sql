-- All at once: from here on, every request of v1 that reads or writes entries fails, and v1 is live.
alter table entries rename column name to author;
