create table entries (
	id bigint generated always as identity primary key,
	name varchar(40) not null,
	message varchar(280) not null,
	written_at timestamp with time zone not null,
	-- A client that does not know whether its request arrived sends it again with the same key
	request_key varchar(64) unique
);
