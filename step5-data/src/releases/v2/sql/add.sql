insert into entries (name, author, message, written_at, request_key)
values (:name, :name, :message, :at, :key)
on conflict do nothing
